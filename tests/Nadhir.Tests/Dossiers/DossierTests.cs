using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CsCheck;
using Nadhir.Dossiers;
using Nadhir.Journal;
using Nadhir.Tests.Conventions;
using Nadhir.Tests.Demo;

namespace Nadhir.Tests.Dossiers;

/// <summary>A dossier holds all that is on record of an incident, and anyone can check it.</summary>
public sealed class DossierTests(BabilDossier babil) : IClassFixture<BabilDossier>
{
    [Fact]
    public async Task The_dossier_of_the_acceptance_scenario_holds_all_that_is_asked_of_it()
    {
        Dossier court = babil["court"];
        using JsonDocument json = JsonDocument.Parse(court.Files[DossierFiles.Content]);
        JsonElement Section(string name) => json.RootElement.GetProperty(name);
        JsonElement[] jets = [.. Section("tracks").EnumerateArray()];
        Assert.Equal(2, jets.Length);
        Assert.All(jets, jet => Assert.True(jet.GetProperty("plots").GetArrayLength() > 100));
        JsonElement[] crossings = [.. Section("crossings").EnumerateArray()];
        Assert.Equal(4, crossings.Length);
        Assert.All(crossings, c => Assert.True(c.GetProperty("probability").GetDouble() > 0.9
            && c.GetProperty("earliest").GetDateTimeOffset() <= c.GetProperty("latest").GetDateTimeOffset()));
        Assert.Contains(Section("alerts").EnumerateArray(), a => Text(a, "zone") == "Z-JURF" && Text(a, "state") == "Warning");
        Assert.Contains(Section("alerts").EnumerateArray(), a => Text(a, "zone") == "Z-JURF" && Text(a, "state") == "AllClear");
        JsonElement[] casualties = [.. Section("claims").EnumerateArray().Where(c => Text(c, "kind") == "casualty")];
        Assert.Equal(2, casualties.Length);
        Assert.Equal((4, 3), (casualties[1].GetProperty("killed").GetInt32(), casualties[1].GetProperty("injured").GetInt32()));
        Assert.False(casualties[0].TryGetProperty("killed", out _));
        Assert.Equal(21, Section("claims").GetArrayLength());
        JsonElement statement = Assert.Single(Section("statements").EnumerateArray());
        Assert.Equal(10, statement.GetProperty("claims").GetArrayLength());
        Assert.Equal(4, Section("posture").EnumerateArray().Count(p => Text(p, "type") == "site.measure"));
        JsonElement directive = Section("directives").EnumerateArray().First();
        Assert.True(directive.GetProperty("contentNotReported").GetBoolean());
        Assert.False(directive.TryGetProperty("content", out _));
        Assert.Contains(Section("documents").EnumerateArray(),
            d => Text(d, "sha256") == "08a2dcd681d5eb014c07711dd73f65737bbe8e9c4e60205740a888f3870dc411");
        Assert.Contains(Section("conformity").EnumerateArray(), c => Text(c, "fact") == "no record found");
        Assert.NotEmpty(Section("messages").EnumerateArray());
        Assert.NotEmpty(Section("sirens").EnumerateArray());
        Assert.True(court.Files["dossier.pdf"].AsSpan().StartsWith("%PDF-1.7"u8));
        Assert.Contains(court.Files.Keys, name => name.StartsWith("raw/", StringComparison.Ordinal));

        string to = Path.Combine(babil.Folder, "whole");
        (int code, string output, string errors) = await NadhirProcess.Run("dossier", babil.Record, "INC-001", "--out", to);
        Assert.True(code == 0, output + errors);
        Assert.Equal(court.Files.Keys, DossierFiles.OfFolder(to).Keys);
        Assert.All(DossierFiles.OfFolder(to), file => Assert.Equal(court.Files[file.Key], file.Value));
        foreach (string path in new[] { to, to + ".tar" })
        {
            (code, output, errors) = await NadhirProcess.Run("verify", path, "--key", Path.Combine(to, "journal.pub"));
            Assert.True(code == 0 && output.Contains("INTACT", StringComparison.Ordinal), output + errors);
            Assert.Equal((0, ""), await Independent(path));
        }
    }

    [Fact]
    public async Task The_raw_bytes_are_played_again_by_the_command_in_it_and_maps_and_tables_hold_the_tracks()
    {
        Dossier court = babil["court"];
        string to = Path.Combine(babil.Folder, "played");
        foreach ((string name, byte[] bytes) in court.Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, name))!);
            await File.WriteAllBytesAsync(Path.Combine(to, name), bytes, TestContext.Current.CancellationToken);
        }

        string line = File.ReadLines(Path.Combine(to, ReplayFile.Name)).First()[2..];
        Assert.Contains(line, Encoding.UTF8.GetString(court.Files["README.txt"]), StringComparison.Ordinal);
        string[] words = [.. line.Split(' ').Skip(1).SelectMany(IEnumerable<string> (string word) => word switch
        {
            "raw/*.bin" => Directory.GetFiles(Path.Combine(to, "raw")).Order(StringComparer.Ordinal),
            ReplayFile.Name => [Path.Combine(to, word)],
            "NEW_RECORD" => [Path.Combine(to, "record")],
            _ => [word],
        })];
        (int code, string output, string errors) = await NadhirProcess.Run([.. words, "--json"]);
        Assert.True(code == 0, output + errors);
        Assert.DoesNotContain("POSITION UNKNOWN", errors, StringComparison.Ordinal);
        JsonElement played = JsonDocument.Parse(output).RootElement;
        Assert.True(played.GetProperty("tracks").GetProperty("confirmed").GetInt32() >= 2, output);
        Assert.StartsWith("2024-07-29T21:", played.GetProperty("from").GetString(), StringComparison.Ordinal);

        using JsonDocument content = JsonDocument.Parse(court.Files[DossierFiles.Content]);
        JsonElement[] tracks = [.. content.RootElement.GetProperty("tracks").EnumerateArray()];
        using JsonDocument map = JsonDocument.Parse(court.Files["tracks.geojson"]);
        JsonElement[] lines = [.. map.RootElement.GetProperty("features").EnumerateArray().Where(each => Text(each.GetProperty("geometry"), "type") == "LineString")];
        Assert.Equal(tracks.Select(track => track.GetProperty("states").GetArrayLength()), lines.Select(each => each.GetProperty("geometry").GetProperty("coordinates").GetArrayLength()));
        string[] table = [.. Encoding.UTF8.GetString(court.Files["plots.csv"]).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal(1 + tracks.Sum(track => track.GetProperty("plots").GetArrayLength()), table.Length);
        System.Xml.Linq.XDocument kml = System.Xml.Linq.XDocument.Parse(Encoding.UTF8.GetString(court.Files["tracks.kml"]));
        Assert.Equal(tracks.Length, kml.Descendants(System.Xml.Linq.XName.Get("LineString", "http://www.opengis.net/kml/2.2")).Count());
    }

    [Fact]
    public void The_public_version_is_the_same_dossier_with_fields_removed()
    {
        Dossier court = babil["court"], shown = babil["public"];
        DossierVerdict whole = DossierVerifier.VerifyFiles(court.Files, babil.Signer.PublicKey), part = DossierVerifier.VerifyFiles(shown.Files, babil.Signer.PublicKey);
        Assert.True(whole.Intact && part.Intact, string.Join("; ", whole.Faults.Concat(part.Faults)));
        Assert.Equal(whole.FieldRoot, part.FieldRoot);
        Assert.Equal((0, whole.Fields), (whole.Withheld, part.Fields));
        Assert.True(part.Withheld > 0);
        Assert.DoesNotContain(shown.Files.Keys, name => name.StartsWith("raw/", StringComparison.Ordinal) || name == "plots.csv");
        foreach (string secret in new[] { "trenches_dug", "missile_defence_system", "duty officer", "fromTrackMetres" })
            Assert.All(shown.Files, file => Assert.DoesNotContain(secret, Encoding.UTF8.GetString(file.Value), StringComparison.Ordinal));
        string[] salts = [.. Fields(court).Where(field => IsWithheld(shown, field.Path)).Select(field => field.Salt)];
        Assert.NotEmpty(salts);
        string published = Encoding.UTF8.GetString(shown.Files[DossierFiles.Fields]);
        Assert.All(salts, salt => Assert.DoesNotContain(salt, published, StringComparison.Ordinal));
        string entries = Encoding.UTF8.GetString(shown.Files[DossierFiles.Entries]);
        foreach (string line in entries.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (QuotedEntries.Read(line).Entry is { } entry)
                Assert.DoesNotContain("duty officer", Encoding.UTF8.GetString(entry.Payload.Span) + entry.Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_of_ones_own_shows_the_bytes_of_the_sensors_it_names_and_no_others()
    {
        Dossier court = babil["court"];
        Dossier shown = babil.Make(new DossierProfile("press", [DossierProfile.Sensors, DossierProfile.Sources]) { ShownSensors = ["SIM-1"] });
        Assert.Equal(["raw/feed-sim-1.bin"], shown.Files.Keys.Where(name => name.StartsWith("raw/", StringComparison.Ordinal)));
        Assert.Equal(court.Files["raw/feed-sim-1.bin"], shown.Files["raw/feed-sim-1.bin"]);
        DossierVerdict whole = DossierVerifier.VerifyFiles(court.Files, babil.Signer.PublicKey), part = DossierVerifier.VerifyFiles(shown.Files, babil.Signer.PublicKey);
        Assert.True(part.Intact, string.Join("; ", part.Faults));
        Assert.Equal(whole.FieldRoot, part.FieldRoot);
        await Agree(shown.Files, "");
        using JsonDocument json = JsonDocument.Parse(shown.Files[DossierFiles.Content]);
        JsonElement[] sensors = [.. json.RootElement.GetProperty("sensors").EnumerateArray()];
        Assert.Equal(["SIM-1"], sensors.Where(sensor => sensor.TryGetProperty("position", out _)).Select(sensor => Text(sensor, "id")));
    }

    [Fact]
    public void The_salt_of_an_entry_is_shown_with_it_and_never_without()
    {
        Dossier court = babil["court"], shown = babil["public"];
        Dictionary<long, string> salts = Lines(court).Where(line => line.TryGetProperty("salt", out _))
            .ToDictionary(line => line.GetProperty("seq").GetInt64(), line => line.GetProperty("salt").GetString()!);
        Assert.Equal(Lines(court).Count(), salts.Count);
        JsonElement[] withheld = [.. Lines(shown).Where(line => line.TryGetProperty("leaf", out _))];
        Assert.NotEmpty(withheld);
        string published = string.Concat(shown.Files.Values.Select(bytes => Encoding.UTF8.GetString(bytes)));
        Assert.All(withheld.Take(200), line => Assert.DoesNotContain(salts[line.GetProperty("seq").GetInt64()], published, StringComparison.Ordinal));
        // Nor does the leaf follow from the entry alone.
        Dictionary<long, string> entries = Lines(court).ToDictionary(line => line.GetProperty("seq").GetInt64(), line => line.GetRawText());
        Assert.All(withheld.Take(200), line => Assert.NotEqual(
            Convert.ToHexStringLower(MerkleHash.Leaf(EntryEncoding.Encode(QuotedEntries.Read(entries[line.GetProperty("seq").GetInt64()]).Entry!))),
            line.GetProperty("leaf").GetString()));
    }

    static IEnumerable<JsonElement> Lines(Dossier dossier) => Encoding.UTF8.GetString(dossier.Files[DossierFiles.Entries])
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement);

    [Fact]
    public void One_changed_bit_of_any_file_is_found_and_the_file_is_named()
    {
        Dossier court = babil["partner"];
        string[] names = [.. court.Files.Keys];
        Gen.Select(Gen.Int[0, names.Length - 1], Gen.Double[0, 0.999999], Gen.Int[0, 7], Gen.Bool).Sample((file, where, bit, trusted) =>
        {
            SortedDictionary<string, byte[]> files = new(court.Files, StringComparer.Ordinal);
            byte[] changed = files[names[file]].ToArray();
            changed[(int)(where * changed.Length)] ^= (byte)(1 << bit);
            files[names[file]] = changed;
            DossierVerdict verdict = DossierVerifier.VerifyFiles(files, trusted ? babil.Signer.PublicKey : null);
            return !verdict.Intact && verdict.Faults[0].File == names[file];
        }, iter: 150);
    }

    [Fact]
    public void A_changed_byte_of_the_archive_is_found_wherever_it_is()
    {
        byte[] archive = DossierFiles.Archive(babil["public"].Files);
        string path = Path.Combine(babil.Folder, "changed.tar");
        Gen.Double[0, 0.999999].Sample(where =>
        {
            byte[] changed = archive.ToArray();
            changed[(int)(where * changed.Length)] ^= 1;
            File.WriteAllBytes(path, changed);
            return !DossierVerifier.Verify(path, babil.Signer.PublicKey).Intact;
        }, iter: 60, threads: 1);
        foreach (int at in new[] { 0, 100, 124, 136, 148, 156, 257, 300, 511, archive.Length - 1 }) // the head of a file, and what follows the last one
        {
            byte[] changed = archive.ToArray();
            changed[at] ^= 1;
            File.WriteAllBytes(path, changed);
            Assert.False(DossierVerifier.Verify(path, babil.Signer.PublicKey).Intact, $"byte {at}");
        }
    }

    [Fact]
    public async Task The_independent_verifier_says_the_same()
    {
        Dossier whole = babil["partner"];
        Random seeded = new(11);
        foreach (string name in whole.Files.Keys)
        {
            SortedDictionary<string, byte[]> files = BabilDossier.Copy(whole);
            files[name][seeded.Next(files[name].Length)] ^= 4;
            await Agree(files, name);
            files.Remove(name);
            await Agree(files, name);
        }
        SortedDictionary<string, byte[]> more = BabilDossier.Copy(whole);
        await Agree(more, "");
        more["note.txt"] = "added"u8.ToArray();
        await Agree(more, "note.txt");
    }

    [Fact]
    public async Task A_record_without_that_incident_has_no_dossier()
    {
        _ = babil["court"];
        (int code, string _, string errors) = await NadhirProcess.Run("dossier", babil.Record, "INC-999", "--out", Path.Combine(babil.Folder, "none"));
        Assert.Equal(1, code);
        Assert.Contains("INC-001", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(babil.Folder, "none")));
    }

    async Task Agree(SortedDictionary<string, byte[]> files, string damaged)
    {
        string folder = Directory.CreateTempSubdirectory("nadhir-damaged-").FullName;
        try
        {
            foreach ((string name, byte[] bytes) in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
                await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes, TestContext.Current.CancellationToken);
            }
            DossierVerdict ours = DossierVerifier.VerifyFiles(files, babil.Signer.PublicKey);
            (int code, string named) = await Independent(folder);
            Assert.Equal((damaged.Length > 0 ? 1 : 0, damaged), (code, named));
            Assert.Equal(damaged, ours.Intact ? "" : ours.Faults[0].File);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Exit code and the file it names.</summary>
    async Task<(int Code, string Named)> Independent(string path)
    {
        ProcessStartInfo start = new("python3") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in new[] { Path.Combine(Repository.Root, "docs/verify/verify_dossier.py"), path, babil.Signer.PublicKey.ToString() })
            start.ArgumentList.Add(argument);
        using Process python = Process.Start(start)!;
        Task<string> errors = python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True((await errors).Length == 0, await errors);
        return (python.ExitCode, python.ExitCode == 0 ? "" : output.Split(": ")[1]);
    }

    static bool IsWithheld(Dossier dossier, string path) =>
        dossier.Content.Fields.Any(field => field.Path == path && field.Field.Withheld is not null);

    static IEnumerable<(string Path, string Salt)> Fields(Dossier dossier)
    {
        using JsonDocument json = JsonDocument.Parse(dossier.Files[DossierFiles.Fields]);
        return [.. json.RootElement.GetProperty("fields").EnumerateArray().Select(field => (field.GetProperty("path").GetString()!, field.GetProperty("salt").GetString()!))];
    }

    static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}

using Nadhir.Configuration;

namespace Nadhir.Tests.Configuration;

public sealed class JournalConfigurationTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-journal-configuration-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    ConfigurationReading Load(string journal, out IReadOnlyCollection<string> keys)
    {
        string path = Path.Combine(folder, "nadhir.yaml");
        Directory.CreateDirectory(Path.Combine(folder, "secrets"));
        File.WriteAllText(Path.Combine(folder, "secrets", "readers"), "secret");
        File.WriteAllText(path, $$"""
            name: test
            exercise: true
            sender: test@nadhir.example
            origin: {lat: 33, lon: 44.5}
            storage: {folder: record}
            mqtt: {host: broker}
            {{journal}}
            """);
        return ConfigurationLoader.Load(path, null, out keys);
    }

    [Fact]
    public void The_manuals_example_is_read_and_its_keys_are_in_the_manual()
    {
        string manual = File.ReadAllText(Path.Combine(Conventions.Repository.Root, "docs/journal.md"));
        string example = manual.Split("```yaml\n")[1].Split("```")[0];
        JournalConfiguration read = Assert.IsType<ConfigurationReading.Loaded>(Load(example, out IReadOnlyCollection<string> keys)).Configuration.Journal;
        Assert.True(read.HashesArePublic);
        Assert.Equal("witness.example/w1", Assert.Single(read.Witnesses).Key.Name);
        Assert.Equal((TimeSpan.FromDays(90), TimeSpan.FromHours(1)), (read.Retention, read.TimestampEvery));
        Assert.Equal("secret", read.Options().ReaderToken);
        string table = File.ReadAllText(Path.Combine(Conventions.Repository.Root, "docs/configuration.md"));
        string[] ours = [.. keys.Where(key => key.StartsWith("journal.", StringComparison.Ordinal)).Select(key => key[(key.LastIndexOf('.') + 1)..])];
        Assert.True(ours.Length >= 8, string.Join(' ', ours));
        Assert.All(ours.Where(key => key != "witnesses"), key => Assert.Contains($".{key}`", table, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{witnesses: [{key: nonsense, url: \"http://w.example\"}]}", "cannot be used")]
    [InlineData("{witnesses: [{key: \"example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\", url: \"http://w.example\"}]}", "not a witness's key")]
    [InlineData("{timestamp_authority: nonsense}", "is not the address of a web page")]
    [InlineData("{retention_days: 0}", "retention_days")]
    [InlineData("{reader_token_file: nowhere}", "nowhere")]
    public void A_faulty_section_is_reported(string section, string what)
    {
        ConfigurationReading.Faulty faulty = Assert.IsType<ConfigurationReading.Faulty>(Load($"journal: {section}", out _));
        Assert.Contains(what, Assert.Single(faulty.Faults).ToString(), StringComparison.Ordinal);
    }
}

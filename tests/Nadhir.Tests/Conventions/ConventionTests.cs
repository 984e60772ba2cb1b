using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nadhir.Tests.Demo;

namespace Nadhir.Tests.Conventions;

/// <summary>What we agreed on, held by tests instead of memory.</summary>
public sealed partial class ConventionTests
{
    [Fact]
    public void Every_arrow_between_projects_and_packages_is_an_approved_one()
    {
        string approved = Path.Combine(Repository.Root, "tests/Nadhir.Tests/Conventions/arrows.approved.txt");
        string[] arrows =
        [
            .. new[] { "src", "tests", "bench" }.SelectMany(folder => Repository.Files(folder, ".csproj")).SelectMany(ArrowsOf)
                .Order(StringComparer.Ordinal),
        ];
        if (Environment.GetEnvironmentVariable("APPROVE") == "1") File.WriteAllLines(approved, arrows);
        Assert.Equal(File.ReadAllLines(approved), arrows);
        Assert.DoesNotContain(arrows, arrow => arrow.StartsWith("Nadhir.Core ", StringComparison.Ordinal));
        Assert.Equal(["Nadhir.Formats -> Nadhir.Core", "Nadhir.Formats => Google.Protobuf"],
            arrows.Where(arrow => arrow.StartsWith("Nadhir.Formats ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Core_knows_no_clock_file_network_or_thread()
    {
        Regex forbidden = ForbiddenInCore();
        Assert.All(Repository.Files("src/Nadhir.Core", ".cs"), file => Assert.DoesNotMatch(forbidden, File.ReadAllText(file)));
    }

    /// <summary>A language is one file, however many words it has.</summary>
    [Fact]
    public void No_source_file_is_longer_than_four_hundred_lines() =>
        Assert.Empty(new[] { "src", "tests", "bench", "web" }.SelectMany(folder => Repository.Files(folder, ".cs", ".ts"))
            .Where(file => !Repository.Relative(file).StartsWith("web/src/languages/", StringComparison.Ordinal))
            .Where(file => File.ReadLines(file).Count() > 400).Select(Repository.Relative));

    [Fact]
    public void Every_log_event_has_a_number_of_its_own()
    {
        string[] numbers = [.. Repository.Files("src", ".cs").SelectMany(file => LogNumber().Matches(File.ReadAllText(file))).Select(m => m.Groups[1].Value)];
        Assert.NotEmpty(numbers);
        Assert.Equal(numbers.Distinct(StringComparer.Ordinal).Count(), numbers.Length);
    }

    [Fact]
    public void Every_link_of_the_documents_leads_somewhere() =>
        Assert.All(
            Directory.GetFiles(Repository.Root, "*.md").Concat(Repository.Files("docs", ".md")),
            document => Assert.All(
                Link().Matches(File.ReadAllText(document)).Select(link => link.Groups[1].Value.Split('#')[0])
                    .Where(target => target.Length > 0 && !target.Contains(':', StringComparison.Ordinal)),
                target => Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(document)!, target)),
                    $"{Repository.Relative(document)} points to {target}")));

    [Fact]
    public async Task The_commands_in_the_readme_are_those_of_the_program()
    {
        (int _, string help, string _) = await NadhirProcess.Run("--help");
        string[] commands = [.. HelpCommand().Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(m => m.Groups[1].Value)];
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        Assert.NotEmpty(commands);
        Assert.All(commands, command => Assert.Matches($@"(`|\./nadhir ){command}\b", readme));
        int start = readme.IndexOf("| command | does |", StringComparison.Ordinal);
        Assert.True(start >= 0, "the README has no table of commands");
        string table = readme[start..readme.IndexOf("\n\n", start, StringComparison.Ordinal)];
        string[] named =
        [
            .. table.Split('\n').Skip(2).SelectMany(row => TableCommand().Matches(row.Split('|')[1]))
                .Select(m => m.Groups[1].Value),
        ];
        Assert.NotEmpty(named);
        Assert.All(named, command => Assert.Contains(command, commands));
    }

    [Fact]
    public void No_word_of_the_system_is_a_verdict() =>
        Assert.All(
            Repository.Files("src", ".cs").Concat(Repository.Files("web/src", ".ts")),
            file => Assert.All(Literal().Matches(CodeOf(file)), text => Assert.DoesNotMatch(Verdict(), text.Value)));

    [Fact]
    public void Only_the_commands_and_push_subscriptions_can_be_sent_to_the_api() =>
        Assert.Equal(
            // A push subscription orders nothing: it says where one phone wants to be told.
            // A checkpoint goes to a witness: another program, which has no watch.
            // Custody is of the record: who signs it, what is kept of it.
            ["Post /add-checkpoint", "Post /api/custody", "Post /commands", "Post /push"],
            Repository.Files("src", ".cs").SelectMany(file => WritingEndpoint().Matches(File.ReadAllText(file)))
                .Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value}").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_project_locks_its_packages_and_no_lock_names_a_machine()
    {
        string[] projects =
            [.. new[] { "src", "tests", "bench" }.SelectMany(folder => Repository.Files(folder, ".csproj"))];
        Assert.NotEmpty(projects);
        Assert.All(projects, project =>
        {
            string locks = Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json");
            Assert.True(File.Exists(locks), $"{Repository.Relative(project)} has no packages.lock.json");
            Assert.All(
                File.ReadLines(locks).Where(line => !line.Contains("\"contentHash\": ", StringComparison.Ordinal)),
                line => Assert.DoesNotMatch(MachineName(), line));
        });
    }

    static string CodeOf(string file) =>
        string.Join('\n', File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    static IEnumerable<string> ArrowsOf(string project)
    {
        XDocument file = XDocument.Load(project);
        string name = Path.GetFileNameWithoutExtension(project);
        foreach (XElement reference in file.Descendants("ProjectReference"))
            yield return $"{name} -> {Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))}";
        foreach (XElement reference in file.Descendants("PackageReference"))
            yield return $"{name} => {reference.Attribute("Include")!.Value}";
    }

    [GeneratedRegex(@"\b(System\.IO|System\.Net|System\.Threading|System\.Timers|Microsoft\.Extensions|UtcNow|TimeProvider|Task\.Run|new Thread)\b")]
    private static partial Regex ForbiddenInCore();

    [GeneratedRegex(@"LoggerMessage\((?:EventId = )?(\d+)")]
    private static partial Regex LogNumber();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^  ([a-z][a-z-]*)", RegexOptions.Multiline)]
    private static partial Regex HelpCommand();

    [GeneratedRegex("`([a-z][a-z-]*)")]
    private static partial Regex TableCommand();

    [GeneratedRegex(@"\.Map(Post|Put|Patch|Delete|Methods)\(\s*""([^""]*)""")]
    private static partial Regex WritingEndpoint();

    // An address, or a path from the root of a disk.
    [GeneratedRegex(@"://|""/|[A-Z]:\\|\.nupkg|localhost")]
    private static partial Regex MachineName();

    [GeneratedRegex(@"""[^""\n]*""|'[^'\n]*'|`[^`]*`")]
    private static partial Regex Literal();

    [GeneratedRegex(@"hostile|enemy|aggressor|violator|\bbreach|\bviolat(e|es|ed|ing|ions? of)\b|\billegal", RegexOptions.IgnoreCase)]
    private static partial Regex Verdict();
}

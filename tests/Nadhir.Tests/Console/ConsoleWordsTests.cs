using System.Text.RegularExpressions;
using Nadhir.Tests.Conventions;
using Nadhir.Warning;

namespace Nadhir.Tests.Console;

/// <summary>What the engine says by a code has words in every language file of the console.</summary>
public sealed partial class ConsoleWordsTests
{
    [Fact]
    public void Every_cause_has_words_with_its_blanks_in_every_language()
    {
        foreach ((string file, Dictionary<string, string> words) in Languages())
        {
            foreach (CauseCode code in Enum.GetValues<CauseCode>())
            {
                string said = words.GetValueOrDefault($"cause.{code}") ?? $"{file} has no words for {code}";
                string english = (code == CauseCode.OverPaths ? Cause.Over(["FIRST"], [Cause.Of(CauseCode.Ordered, "SECOND")])
                    : Cause.Of(code, "FIRST", "SECOND", "THIRD", "FOURTH")).Words;
                Assert.NotEmpty(english);
                foreach (string blank in (string[])["first", "second", "third", "fourth"])
                    Assert.True(said.Contains($"{{{blank}}}", StringComparison.Ordinal) == english.Contains(blank.ToUpperInvariant(), StringComparison.Ordinal), $"{file}, {code}: {said}");
            }
        }
    }

    /// <summary>Whoever adds a sentence to an alert reads the very words that go out.</summary>
    [Fact]
    public void The_sentences_that_may_be_added_to_an_alert_read_in_the_console_as_they_go_out()
    {
        foreach ((string file, Dictionary<string, string> words) in Languages().Where(one => one.File is "en" or "ar"))
        {
            foreach (Advice advice in Enum.GetValues<Advice>().Where(one => one != Advice.None))
            {
                PublicMessage message = MessageComposer.Compose(
                    SyntheticConfiguration.Make(exercise: false), SyntheticConfiguration.Make(exercise: false).Zones[0], "A", AlertState.Warning,
                    ThreatKind.Aircraft, null, [], SyntheticWatch.Start, new("duty", advice, null));
                Assert.EndsWith(words[$"advice.{advice}"], message.Texts.Single(text => text.Language == file).Instruction, StringComparison.Ordinal);
            }
        }
    }

    static IEnumerable<(string File, Dictionary<string, string> Words)> Languages() => Repository.Files("web/src/languages", ".ts")
        .Select(path => (Path.GetFileNameWithoutExtension(path), Word().Matches(File.ReadAllText(path))
            .ToDictionary(word => word.Groups[1].Value, word => word.Groups[2].Value.Replace("\\'", "'", StringComparison.Ordinal), StringComparer.Ordinal)));

    [GeneratedRegex(@"^\s+'([\w.-]+)': '((?:[^'\\]|\\.)*)',", RegexOptions.Multiline)]
    private static partial Regex Word();
}

using System.Text.RegularExpressions;
using Nadhir.Formats.Sapient;

namespace Nadhir.Formats.Tests.Sapient;

/// <summary>
/// The published samples of the standard's test harness: what is valid passes, and what is not is refused because of
/// the very field its file is named after.
/// </summary>
public sealed partial class PublishedSampleTests
{
    /// <summary>Samples of the present edition carry this field of an earlier one; it is refused besides.</summary>
    const string Withdrawn = "detection_report.detectionLocation is not a field of DetectionReport";

    /// <summary>Words in file names that are spelled otherwise in the messages.</summary>
    static readonly Dictionary<string, string[]> spellings = new(StringComparer.Ordinal)
    {
        ["taskdefinition"] = ["task"],
        ["dependantnodes"] = ["dependentnodes"],
        ["namespace"] = ["subclassnamespace"],
        ["name"] = ["subclassname", "name"],
        ["value2"] = ["value"],
    };

    /// <summary>Samples whose names do not say what is wrong with them: by number, the field that is.</summary>
    static readonly Dictionary<string, string> misnamed = new(StringComparer.Ordinal)
    {
        // The withdrawn field as a whole, of which the name tells a part.
        ["0111"] = "detectionlocation",
        ["0112"] = "detectionlocation",
        // Named like 0116, but what it lacks is the value.
        ["0117"] = "value",
    };

    [Fact]
    public void All_38_valid_samples_pass()
    {
        string[] files = Directory.GetFiles(SharedData.Find("sapient/True"), "*.json");
        Assert.Equal(38, files.Length);
        SapientDocument document = new();
        Assert.All(files, file =>
        {
            document.TryReadJson(File.ReadAllBytes(file));
            Assert.Empty(document.Reasons);
        });
    }

    [Fact]
    public void All_193_invalid_samples_are_refused_and_each_for_the_field_in_its_name()
    {
        string[] files = Directory.GetFiles(SharedData.Find("sapient/False"), "*.json");
        Assert.Equal(193, files.Length);
        SapientDocument document = new();
        Assert.All(files, file =>
        {
            Assert.False(document.TryReadJson(File.ReadAllBytes(file)));
            string name = Path.GetFileName(file);
            string[] reasons = name.Contains("DetectionLocation", StringComparison.Ordinal)
                ? [.. document.Reasons]
                : [.. document.Reasons.Where(reason => reason != Withdrawn)];
            Assert.NotEmpty(reasons);
            string field = FieldNamedBy(name);
            bool missing = name.Contains("Missing", StringComparison.Ordinal) && !misnamed.ContainsKey(name[..4]);
            Assert.All(reasons, reason => Assert.True(Concerns(reason, field, missing), $"{name}: {reason}"));
        });
    }

    [Fact]
    public void What_is_refused_as_JSON_is_refused_as_protobuf_for_the_same_reasons()
    {
        SapientDocument json = new(), binary = new();
        int compared = 0;
        Assert.All(Directory.GetFiles(SharedData.Find("sapient/False"), "*.json"), file =>
        {
            json.TryReadJson(File.ReadAllBytes(file));
            // A text that is no value of its type, and a name nobody knows, cannot be said in protobuf.
            if (json.Damage != Sensing.DecodeFault.None
                || json.Reasons.Any(reason => reason.Contains("is not a field", StringComparison.Ordinal)))
                return;
            compared++;
            binary.TryRead(json.ToBytes());
            Assert.Equal(json.Reasons, binary.Reasons);
        });
        Assert.InRange(compared, 150, 193);
    }

    /// <summary>The last word of a file name that names a field.</summary>
    static string FieldNamedBy(string file) => misnamed.GetValueOrDefault(file[..4]) ??
        Path.GetFileNameWithoutExtension(file).Replace("LevelMissing", "Level", StringComparison.Ordinal).Split('.')
            .Skip(1)
            .Where(word => !NoField().IsMatch(word)).Select(Plain).Last();

    /// <summary>
    /// The field stands in the path of the reason. When it is missing, it is the end of the path, or one of those of
    /// which one had to be there: a word about a neighbour does not do.
    /// </summary>
    static bool Concerns(string reason, string field, bool missing)
    {
        string[] path = [.. Word().Matches(reason.Split(':', ' ')[0]).Select(match => Plain(match.Value))];
        string[] choice =
            [.. Word().Matches(reason[reason.Split(':', ' ')[0].Length..]).Select(match => Plain(match.Value))];
        string[] spelled = spellings.GetValueOrDefault(field, [field]);
        if (!missing) return path.Intersect(spelled, StringComparer.Ordinal).Any();
        return reason.Contains("missing", StringComparison.Ordinal)
            && (spelled.Contains(path[^1], StringComparer.Ordinal)
                || (path[^1] == field + "oneof" || (path[^1].EndsWith("oneof", StringComparison.Ordinal)
                    && choice.Contains(field, StringComparer.Ordinal))));
    }

    static string Plain(string word) => word.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    [GeneratedRegex("^(Missing|Error|Empty|Invalid|Wrong|BadId|FullMessage|json|2|ForSub)$")]
    private static partial Regex NoField();

    [GeneratedRegex("[A-Za-z_]+")]
    private static partial Regex Word();
}

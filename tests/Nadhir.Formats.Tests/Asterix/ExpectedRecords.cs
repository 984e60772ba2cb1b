using System.Globalization;
using System.Text.RegularExpressions;

namespace Nadhir.Formats.Tests.Asterix;

/// <summary>One item as another decoder printed it.</summary>
sealed record ExpectedItem(string Id, string Hex, Dictionary<string, string> Values);

/// <summary>One record as another decoder printed it: its items with their bytes and values.</summary>
sealed record ExpectedRecord(int Category, string Hex, List<ExpectedItem> Items)
{
    /// <summary>Reads the text output of the Croatia Control decoder.</summary>
    public static List<ExpectedRecord> Read(string path)
    {
        List<ExpectedRecord> records = [];
        int category = 0;
        bool inRecord = false;
        foreach (string line in File.ReadLines(path))
        {
            if (line.StartsWith("Category: ", StringComparison.Ordinal)) category = int.Parse(line.AsSpan(10), CultureInfo.InvariantCulture);
            else if (line.StartsWith("Data Block", StringComparison.Ordinal)) inRecord = false;
            else if (line.StartsWith("Data Record", StringComparison.Ordinal)) inRecord = true;
            else if (line.StartsWith("HexData: ", StringComparison.Ordinal) && inRecord) records.Add(new(category, line[9..].Trim(), []));
            else if (Regex.Match(line, @"^Item (?<id>\w+) : ", RegexOptions.NonBacktracking) is { Success: true } item) records[^1].Items.Add(new(item.Groups["id"].Value, "", []));
            else if (Regex.Match(line, @"^\[ (?<hex>[0-9A-F ]+) \]", RegexOptions.NonBacktracking) is { Success: true } hex && inRecord)
                records[^1].Items[^1] = records[^1].Items[^1] with { Hex = hex.Groups["hex"].Value.Replace(" ", "", StringComparison.Ordinal) };
            else if (Regex.Match(line, @"^\t(?<name>[^:]+): (?<value>.*)$", RegexOptions.NonBacktracking) is { Success: true } value && inRecord)
                records[^1].Items[^1].Values.TryAdd(value.Groups["name"].Value, value.Groups["value"].Value);
        }

        return records;
    }

    public string? Value(string item, string name) => Items.Find(each => each.Id == item)?.Values.GetValueOrDefault(name);

    /// <summary>The number before the unit in brackets: "50607 (197.6835938 NM)" gives 197.6835938.</summary>
    public double? Scaled(string item, string name) =>
        Value(item, name) is { } text && Regex.Match(text, @"\((?<number>-?[0-9.]+)", RegexOptions.NonBacktracking) is { Success: true } match
            ? double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)
            : null;
}

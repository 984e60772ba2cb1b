using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Nadhir.Documents;

/// <summary>
/// A mapping of a document, read key by key. A wrong or missing value adds a fault and answers with a harmless
/// stand-in, so that reading goes on; nothing read is used unless the whole document is without fault.
/// </summary>
public sealed class YamlMap
{
    readonly YamlReading reading;
    readonly Dictionary<string, (YamlNode Key, YamlNode Value)> children = new(StringComparer.Ordinal);
    readonly HashSet<string> asked = new(StringComparer.Ordinal);

    internal YamlMap(YamlReading reading, YamlMappingNode? node, string path, int line, int column)
    {
        this.reading = reading;
        Path = path;
        Line = line;
        Column = column;
        IsStandIn = node is null;
        if (node is null) return;
        foreach ((YamlNode key, YamlNode value) in node.Children)
        {
            if (key is YamlScalarNode { Value: { } name }) children[name] = (key, value);
            else Add(key, Path, "a key must be plain text");
        }
    }

    public string Path { get; }
    public int Line { get; }
    public int Column { get; }
    /// <summary>Stands for a mapping that is missing or of a wrong type, already reported: asks nothing of its keys.</summary>
    public bool IsStandIn { get; }

    public IEnumerable<string> Keys => children.Keys;

    public bool Has(string key) => Find(key) is not null;

    /// <summary>A fault at a key's value, or at the mapping when the key is absent.</summary>
    public void Fault(string key, string message)
    {
        if (children.TryGetValue(key, out (YamlNode Key, YamlNode Value) child)) Add(child.Value, At(key), message);
        else if (!IsStandIn) reading.Add(new(Line, Column, At(key), message));
    }

    public string Text(string key) => OptionalText(key) ?? Missing(key, "");

    public string? OptionalText(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode scalar when IsNull(scalar) => null,
        YamlScalarNode scalar => scalar.Value,
        YamlNode other => Wrong(other, key, "must be text", ""),
    };

    public double Number(string key, double least, double most) =>
        OptionalNumber(key, least, most) ?? Missing(key, least);

    public double Number(string key, double least, double most, double otherwise) =>
        OptionalNumber(key, least, most) ?? otherwise;

    public double? OptionalNumber(string key, double least, double most)
    {
        if (Find(key) is not { } node || node is YamlScalarNode empty && IsNull(empty)) return null;
        if (node is not YamlScalarNode { Style: ScalarStyle.Plain } scalar
            || !double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            || !double.IsFinite(value))
            return Wrong(node, key, "must be a number", least);
        if (value < least || value > most)
            return Wrong(node, key, $"must be between {Spell(least)} and {Spell(most)}, not {scalar.Value}", least);
        return value;
    }

    public int Integer(string key, int least, int most) => OptionalInteger(key, least, most) ?? Missing(key, least);

    public int Integer(string key, int least, int most, int otherwise) => OptionalInteger(key, least, most) ?? otherwise;

    public int? OptionalInteger(string key, int least, int most)
    {
        if (OptionalNumber(key, least, most) is not { } value) return null;
        if (value == Math.Floor(value)) return (int)value;
        Fault(key, "must be a whole number");
        return least;
    }

    /// <summary>The digits as written, for a value whose precision matters.</summary>
    public string Written(string key) => children.TryGetValue(key, out (YamlNode Key, YamlNode Value) child)
        && child.Value is YamlScalarNode { Value: { } text } ? text : "";

    public bool Flag(string key) => OptionalFlag(key) ?? Missing(key, false);

    public bool Flag(string key, bool otherwise) => OptionalFlag(key) ?? otherwise;

    public DateTimeOffset Instant(string key)
    {
        if (OptionalText(key) is not { } text) return Missing(key, DateTimeOffset.UnixEpoch);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)
            && HasOffset(text)
                ? time.ToUniversalTime()
                : Wrong(children[key].Value, key,
                    "must be a date and time with its offset, like 2024-07-30T06:00:00+03:00", DateTimeOffset.UnixEpoch);
    }

    /// <summary>One of an enumeration's names, in any case.</summary>
    public TChoice Choice<TChoice>(string key, TChoice? otherwise = null) where TChoice : struct, Enum
    {
        if (OptionalText(key) is not { } text) return otherwise ?? Missing(key, default(TChoice));
        foreach (TChoice choice in Enum.GetValues<TChoice>())
            if (string.Equals(choice.ToString(), text.Replace("_", "", StringComparison.Ordinal),
                StringComparison.OrdinalIgnoreCase)) return choice;
        return Wrong(children[key].Value, key,
            $"must be one of {string.Join(", ", Enum.GetNames<TChoice>())}, not '{text}'", default(TChoice));
    }

    /// <summary>A required mapping; a stand-in when it is not there.</summary>
    public YamlMap Map(string key)
    {
        if (OptionalMap(key) is { } map) return map;
        Missing(key, 0);
        return reading.Enter(null, At(key), Line, Column);
    }

    public YamlMap? OptionalMap(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode scalar when IsNull(scalar) => null,
        YamlNode node => AsMap(node, At(key)),
    };

    /// <summary>A list of mappings; empty when absent.</summary>
    public ImmutableArray<YamlMap> Maps(string key)
    {
        if (Find(key) is not { } node || node is YamlScalarNode empty && IsNull(empty)) return [];
        if (node is YamlSequenceNode list) return [.. list.Children.Select((item, i) => AsMap(item, $"{At(key)}[{i}]"))];
        return Wrong(node, key, "must be a list", ImmutableArray<YamlMap>.Empty);
    }

    /// <summary>A list of texts; empty when absent. One text alone is a list of one.</summary>
    public ImmutableArray<string> Texts(string key)
    {
        if (Find(key) is not { } node || node is YamlScalarNode empty && IsNull(empty)) return [];
        if (node is YamlScalarNode single) return [single.Value ?? ""];
        if (node is not YamlSequenceNode list) return Wrong(node, key, "must be a list of texts", ImmutableArray<string>.Empty);
        ImmutableArray<string>.Builder texts = ImmutableArray.CreateBuilder<string>();
        for (int i = 0; i < list.Children.Count; i++)
        {
            if (list.Children[i] is YamlScalarNode { Value: { } text }) texts.Add(text);
            else Add(list.Children[i], $"{At(key)}[{i}]", "must be text");
        }

        return texts.DrainToImmutable();
    }

    /// <summary>A list of number pairs, <c>[[33.3, 44.4], …]</c>; empty when absent.</summary>
    public ImmutableArray<(double First, double Second)> Pairs(string key)
    {
        if (Find(key) is not { } node) return [];
        if (node is not YamlSequenceNode list)
            return Wrong(node, key, "must be a list of pairs", ImmutableArray<(double, double)>.Empty);
        ImmutableArray<(double, double)>.Builder pairs = ImmutableArray.CreateBuilder<(double, double)>();
        for (int i = 0; i < list.Children.Count; i++)
        {
            if (list.Children[i] is YamlSequenceNode { Children: [YamlScalarNode first, YamlScalarNode second] }
                && double.TryParse(first.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double a)
                && double.TryParse(second.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double b))
                pairs.Add((a, b));
            else Add(list.Children[i], $"{At(key)}[{i}]", "must be a pair of numbers");
        }

        return pairs.DrainToImmutable();
    }

    /// <summary>A number, or two that bound it: <c>[180, 220]</c>.</summary>
    public (double From, double To) Range(string key, double least, double most, (double, double)? otherwise = null)
    {
        if (Find(key) is not YamlSequenceNode list)
        {
            if (OptionalNumber(key, least, most) is { } one) return (one, one);
            return otherwise ?? Missing(key, (least, least));
        }

        double from = 0, to = 0;
        bool both = list.Children is [YamlScalarNode first, YamlScalarNode second]
            && double.TryParse(first.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out from)
            && double.TryParse(second.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out to);
        return both && from <= to && from >= least && to <= most
            ? (from, to)
            : Wrong(list, key, $"must be a number or two in order, between {Spell(least)} and {Spell(most)}", (least, least));
    }

    /// <summary>Names by language tag, or any other mapping of text to text with keys of the writer's choice.</summary>
    public ImmutableSortedDictionary<string, string> TextByKey(string key)
    {
        if (OptionalMap(key) is not { IsStandIn: false } map) return ImmutableSortedDictionary<string, string>.Empty;
        return map.Keys.ToImmutableSortedDictionary(name => name, map.FreeText, StringComparer.Ordinal);
    }

    /// <summary>Null when the key is absent: what is not said goes on no record.</summary>
    public ImmutableSortedDictionary<string, string>? OptionalTextByKey(string key) => Has(key) ? TextByKey(key) : null;

    /// <summary>Names by language tag under each key of the writer's choice.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> NamesByKey(string key)
    {
        if (OptionalMap(key) is not { IsStandIn: false } map)
            return ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>.Empty;
        return map.Keys.ToImmutableSortedDictionary(name => name, map.FreeNames, StringComparer.Ordinal);
    }

    /// <summary>A list of texts under each key of the writer's choice.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> TextsByKey(string key)
    {
        if (OptionalMap(key) is not { IsStandIn: false } map)
            return ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;
        return map.Keys.ToImmutableSortedDictionary(name => name, map.FreeTexts, StringComparer.Ordinal);
    }

    internal void ReportUnknownKeys()
    {
        foreach ((string name, (YamlNode key, _)) in children)
        {
            if (asked.Contains(name)) continue;
            string? near = Spelling.Nearest(name, asked);
            Add(key, At(name), near is null ? "is not a key known here" : $"is not a key known here; did you mean '{near}'?");
        }
    }

    string FreeText(string name)
    {
        asked.Add(name);
        return children[name].Value is YamlScalarNode { Value: { } text } ? text : Wrong(children[name].Value, name, "must be text", "");
    }

    ImmutableSortedDictionary<string, string> FreeNames(string name)
    {
        asked.Add(name);
        YamlMap map = AsMap(children[name].Value, At(name));
        return map.Keys.ToImmutableSortedDictionary(tag => tag, map.FreeText, StringComparer.Ordinal);
    }

    ImmutableArray<string> FreeTexts(string name)
    {
        asked.Add(name);
        return children[name].Value is YamlSequenceNode list && list.Children.All(item => item is YamlScalarNode)
            ? [.. list.Children.Select(item => ((YamlScalarNode)item).Value ?? "")]
            : Wrong(children[name].Value, name, "must be a list of texts", ImmutableArray<string>.Empty);
    }

    bool? OptionalFlag(string key) => OptionalText(key) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => Wrong(children[key].Value, key, "must be true or false", false),
    };

    YamlMap AsMap(YamlNode node, string path)
    {
        if (node is YamlMappingNode mapping) return reading.Enter(mapping, path, (int)node.Start.Line, (int)node.Start.Column);
        Add(node, path, "must be a mapping of keys to values");
        return reading.Enter(null, path, (int)node.Start.Line, (int)node.Start.Column);
    }

    YamlNode? Find(string key)
    {
        asked.Add(key);
        reading.Know(At(key));
        return children.TryGetValue(key, out (YamlNode Key, YamlNode Value) child) ? child.Value : null;
    }

    T Missing<T>(string key, T standIn)
    {
        if (!IsStandIn) reading.Add(new(Line, Column, At(key), "is required"));
        return standIn;
    }

    T Wrong<T>(YamlNode node, string key, string message, T standIn)
    {
        Add(node, At(key), message);
        return standIn;
    }

    void Add(YamlNode node, string path, string message) =>
        reading.Add(new((int)node.Start.Line, (int)node.Start.Column, path, message));

    string At(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    static bool IsNull(YamlScalarNode node) => node is { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    static bool HasOffset(string text) => text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');

    static string Spell(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}

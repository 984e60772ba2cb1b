using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Nadhir.Documents;

/// <summary>
/// One reading of a YAML document. Faults are collected, never thrown, so that all of them are shown at once. Every key
/// that was asked for is remembered: what the document holds beyond those is a fault (a misspelt key must not be
/// silently ignored), and the manual can be checked to name each.
/// </summary>
public sealed partial class YamlReading
{
    readonly List<DocumentFault> faults = [];
    readonly List<YamlMap> maps = [];
    readonly Dictionary<YamlMappingNode, YamlMap> mapOf = new(ReferenceEqualityComparer.Instance);
    readonly SortedSet<string> knownKeys = new(StringComparer.Ordinal);

    YamlReading() { }

    /// <summary>Keys asked for, with <c>[]</c> for any index: <c>sensors[].feed</c>.</summary>
    public IReadOnlyCollection<string> KnownKeys => knownKeys;

    public bool IsClean => faults.Count == 0;

    /// <summary>The document's top mapping. A document that is no mapping gives an empty one and a fault.</summary>
    public static (YamlReading Reading, YamlMap Root) Open(string text)
    {
        YamlReading reading = new();
        YamlMappingNode? top = null;
        try
        {
            YamlStream stream = [];
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 0) reading.Add(new(1, 1, "", "the document is empty"));
            else if (stream.Documents[0].RootNode is YamlMappingNode mapping) top = mapping;
            else reading.Add(new(1, 1, "", "the document must be a mapping of keys to values"));
        }
        catch (YamlException broken)
        {
            string why = broken.InnerException?.Message ?? broken.Message;
            reading.Add(new((int)broken.Start.Line, (int)broken.Start.Column, "", $"not readable as YAML: {why}"));
        }

        return (reading, reading.Enter(top, "", 1, 1));
    }

    /// <summary>All faults in order of place, after everything was read; closes every mapping.</summary>
    public IReadOnlyList<DocumentFault> Finish()
    {
        foreach (YamlMap map in maps) map.ReportUnknownKeys();
        maps.Clear();
        return [.. faults.Distinct().OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)];
    }

    internal void Add(DocumentFault fault) => faults.Add(fault);

    internal void Know(string path) => knownKeys.Add(AnyIndex().Replace(path, "[]"));

    /// <summary>The same mapping is the same reader, however often it is asked for.</summary>
    internal YamlMap Enter(YamlMappingNode? node, string path, int line, int column)
    {
        if (node is not null && mapOf.TryGetValue(node, out YamlMap? known)) return known;
        YamlMap map = new(this, node, path, line, column);
        maps.Add(map);
        if (node is not null) mapOf.Add(node, map);
        return map;
    }

    [GeneratedRegex(@"\[\d+\]", RegexOptions.None, 1000)]
    private static partial Regex AnyIndex();
}

using System.Collections.Immutable;
using System.Globalization;
using Nadhir.Documents;
using Nadhir.Formats.Acoustic;
using Nadhir.Formats.Json;
using Nadhir.Sensing;

namespace Nadhir.Configuration;

/// <summary>
/// Reads mapping files: one a feed, YAML, validated whole. Its faults are said at the key that names the file, each
/// with its own line in that file.
/// </summary>
static class PayloadMappings
{
    /// <summary>The mapping in a file that can be read; null when it has faults, which are told.</summary>
    public static PayloadMapping? Read(YamlMap feed, string key, string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            feed.Fault(key, $"the file '{path}' cannot be read");
            return null;
        }

        (YamlReading reading, YamlMap root) = YamlReading.Open(text);
        PayloadMapping mapping = Read(root);
        IReadOnlyList<DocumentFault> faults = reading.Finish();
        foreach (DocumentFault fault in faults) feed.Fault(key, $"{Path.GetFileName(path)}:{fault}");
        return faults.Count == 0 ? mapping : null;
    }

    static PayloadMapping Read(YamlMap root)
    {
        string detections = root.OptionalText("detections") ?? "";
        if (JsonPointer.TryParse(detections, out string wrong) is null) root.Fault("detections", wrong);
        YamlMap fields = root.Map("fields");
        var mapped = ImmutableSortedDictionary.CreateBuilder<string, MappedField>(StringComparer.Ordinal);
        foreach ((string name, ImmutableArray<string> units) in AcousticFields.Units)
            if (fields.OptionalMap(name) is { } field) mapped[name] = Field(field, name, units);
        if (!mapped.ContainsKey(AcousticFields.Bearing) && !fields.IsStandIn)
            fields.Fault(AcousticFields.Bearing, "is required: a detection without a direction is of no use");
        ImmutableArray<string> classes = root.Texts("classes");
        if (!classes.IsEmpty && !mapped.ContainsKey(AcousticFields.Class))
            root.Fault("classes", "needs the field class");
        return new()
        {
            Detections = detections,
            Fields = mapped.ToImmutable(),
            LeastConfidence = root.Number("least_confidence", 0, 1, 0),
            Classes = classes,
        };
    }

    static MappedField Field(YamlMap map, string name, ImmutableArray<string> units)
    {
        string? pointer = map.OptionalText("pointer"), value = map.OptionalText("value"),
            unit = map.OptionalText("unit");
        int topic = map.Integer("topic", 1, 64, 0);
        bool hasTopic = map.Has("topic");
        if ((pointer is null ? 0 : 1) + (value is null ? 0 : 1) + (hasTopic ? 1 : 0) != 1)
            map.Fault("pointer", "give one of pointer, topic, value");
        if (pointer is not null && JsonPointer.TryParse(pointer, out string wrong) is null) map.Fault("pointer", wrong);
        if (unit is not null && !units.Contains(unit, StringComparer.Ordinal))
            map.Fault("unit", units.IsEmpty ? $"{name} has no unit"
                : $"must be one of {string.Join(", ", units)}, not '{unit}'");
        bool isNumber = !units.IsEmpty && name != AcousticFields.Time;
        if (isNumber && value is not null
            && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            map.Fault("value", "must be a number");
        bool turns = name is AcousticFields.Bearing or AcousticFields.Elevation;
        return new()
        {
            Pointer = pointer,
            TopicLevel = topic,
            Value = value,
            Unit = unit ?? "",
            OffsetDegrees = turns ? map.Number("offset_deg", -360, 360, 0) : 0,
            Counterclockwise = turns && map.Flag("counterclockwise", otherwise: false),
        };
    }
}

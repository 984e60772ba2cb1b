using System.Text;
using System.Text.Json;

namespace Nadhir.Dossiers;

/// <summary>A field of a row: its name and its value as canonical JSON; why it is withheld, when it is.</summary>
sealed record Field(string Name, string Json)
{
    public string? Withheld { get; init; }
}

/// <summary>A row of a section; the journal entries it was taken from.</summary>
sealed record Row(IReadOnlyList<Field> Fields)
{
    public IReadOnlyList<long> Entries { get; init; } = [];

    public string? Json(string name) => Fields.FirstOrDefault(field => field.Name == name)?.Json;

    /// <summary>The text of a field; empty when it is absent, withheld or no text.</summary>
    public string Text(string name) =>
        Fields.FirstOrDefault(field => field.Name == name) is { Withheld: null } field && field.Json.StartsWith('"')
            ? JsonDocument.Parse(field.Json).RootElement.GetString()! : "";

    /// <summary>As it is shown: texts bare, other values as JSON, what is withheld as null.</summary>
    public string? Shown(string name) =>
        Fields.FirstOrDefault(field => field.Name == name) is not { } field ? "" : field.Withheld is not null ? null
        : field.Json.StartsWith('"') ? Text(name) : field.Json;
}

/// <summary>A section: rows, or one row that stands alone.</summary>
sealed record Section(string Name, bool Alone, IReadOnlyList<Row> Rows)
{
    /// <summary>Where a field stands in <c>dossier.json</c>: a JSON pointer (RFC 6901).</summary>
    public string Path(int row, Field field)
    {
        string name = field.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        return Alone ? $"/{Name}/{name}" : $"/{Name}/{row}/{name}";
    }
}

/// <summary>All that a dossier says, as data.</summary>
sealed record DossierContent(IReadOnlyList<Section> Sections)
{
    public Section this[string name] => Sections.First(section => section.Name == name);

    public IEnumerable<(string Path, Field Field)> Fields =>
        Sections.SelectMany(section => section.Rows.SelectMany((row, i) => row.Fields.Select(one => (section.Path(i, one), one))));

    /// <summary><c>dossier.json</c>: a row a line, without the withheld fields.</summary>
    public byte[] ToJson()
    {
        StringBuilder json = new("{\n");
        foreach (Section section in Sections)
        {
            json.Append(CanonicalJson.Text(section.Name)).Append(':');
            if (section.Alone) json.Append(Of(section.Rows[0]));
            else json.Append("[\n").AppendJoin(",\n", section.Rows.Select(Of)).Append(section.Rows.Count > 0 ? "\n]" : "]");
            json.Append(section == Sections[^1] ? "\n" : ",\n");
        }
        return Encoding.UTF8.GetBytes(json.Append("}\n").ToString());
    }

    static string Of(Row row) =>
        $"{{{string.Join(',', row.Fields.Where(field => field.Withheld is null).Select(field => $"{CanonicalJson.Text(field.Name)}:{field.Json}"))}}}";
}

using System.Text.Json;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// Items as JSON: an item of one unnamed element is its value, other items are objects, repetitive ones arrays, bytes
/// without a layout hexadecimal text.
/// </summary>
sealed class JsonItems(Utf8JsonWriter json, bool explain) : IItemVisitor
{
    /// <summary>Within an explicit item its layout takes the place of the bytes: no name of its own.</summary>
    bool nameless;

    public void Begin(ItemDefinition item)
    {
        if (!nameless) json.WritePropertyName(item.Id);
        nameless = item.Structure == ItemStructure.Explicit;
        if (item.Structure is ItemStructure.Repetitive or ItemStructure.RepetitiveExtended) json.WriteStartArray();
        else if (!nameless && !IsValue(item)) json.WriteStartObject();
    }

    public void End(ItemDefinition item)
    {
        nameless = false;
        if (item.Structure is ItemStructure.Repetitive or ItemStructure.RepetitiveExtended) json.WriteEndArray();
        else if (item.Structure != ItemStructure.Explicit && !IsValue(item)) json.WriteEndObject();
    }

    public void BeginRepetition(ItemDefinition item)
    {
        if (!HasOneUnnamed(item)) json.WriteStartObject();
    }

    public void EndRepetition(ItemDefinition item)
    {
        if (!HasOneUnnamed(item)) json.WriteEndObject();
    }

    public void Number(AsterixElement element, double value)
    {
        Name(element);
        if (!explain)
        {
            json.WriteNumberValue(value);
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("value", value);
        if (element.Unit.Length > 0) json.WriteString("unit", element.Unit);
        if (element.Title.Length > 0) json.WriteString("title", element.Title);
        if (element.Meanings.TryGetValue((long)value, out string? meaning)) json.WriteString("means", meaning);
        json.WriteEndObject();
    }

    public void Text(AsterixElement element, string value)
    {
        Name(element);
        json.WriteStringValue(element.Kind is ElementKind.Ascii or ElementKind.SixBit ? value.TrimEnd(' ', '\0') : value);
    }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        if (!nameless) json.WritePropertyName("more");
        nameless = false;
        json.WriteStringValue(Convert.ToHexString(bytes));
    }

    void Name(AsterixElement element)
    {
        if (element.Name.Length > 0) json.WritePropertyName(element.Name);
    }

    static bool HasOneUnnamed(ItemDefinition item) => item.Parts is [{ Elements: [{ Name: "" }] }];

    static bool IsValue(ItemDefinition item) => item.Structure == ItemStructure.Fixed && HasOneUnnamed(item);
}

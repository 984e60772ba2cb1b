using System.Globalization;
using Nadhir.Formats.ModeS.Registers;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// Items as JSON: an item of one unnamed element is its value, other items are objects, repetitive ones arrays, bytes
/// without a layout hexadecimal text. Where a Mode S register is told with its number, what it says stands beside its
/// bytes.
/// </summary>
sealed class JsonItems(JsonLine json, bool explain) : IItemVisitor
{
    static readonly byte[] more = JsonLine.Quote("more"), value = JsonLine.Quote("value"), unit = JsonLine.Quote("unit");
    static readonly byte[] title = JsonLine.Quote("title"), means = JsonLine.Quote("means");
    static readonly byte[] register = JsonLine.Quote("register");

    readonly RegisterJson registers = new(json, explain);
    /// <summary>Within an explicit item its layout takes the place of the bytes: no name of its own.</summary>
    bool nameless;
    ulong contents;
    int number;

    public void Begin(ItemDefinition item)
    {
        if (!nameless) json.Name(item.JsonName);
        nameless = item.Structure == ItemStructure.Explicit;
        if (item.IsArray) json.Open('[');
        else if (!nameless && !item.IsValue) json.Open('{');
    }

    public void End(ItemDefinition item)
    {
        nameless = false;
        if (item.IsArray) json.Close(']');
        else if (item.Structure != ItemStructure.Explicit && !item.IsValue) json.Close('}');
    }

    public void BeginRepetition(ItemDefinition item)
    {
        if (!item.HasOneUnnamed) json.Open('{');
        number = 0;
    }

    public void EndRepetition(ItemDefinition item)
    {
        if (number > 0 && RegisterCatalogue.Find(number) is { } known)
        {
            json.Name(register);
            registers.Write(known, contents);
        }

        if (!item.HasOneUnnamed) json.Close('}');
    }

    public void Number(AsterixElement element, double number)
    {
        JsonForm form = element.Form;
        if (form.Name.Length > 0) json.Name(form.Name);
        if (form.RegisterPart != RegisterPart.None)
            this.number |= form.RegisterPart == RegisterPart.HighDigit ? (int)number << 4 : (int)number;
        if (explain) Explain(element, number, form);
        else json.Number(number, form);
    }

    void Explain(AsterixElement element, double number, JsonForm form)
    {
        json.Open('{');
        json.Name(value);
        json.Number(number, form);
        if (element.Unit.Length > 0)
        {
            json.Name(unit);
            json.Text(element.Unit);
        }

        if (element.Title.Length > 0)
        {
            json.Name(title);
            json.Text(element.Title);
        }

        if (element.Meanings.TryGetValue((long)number, out string? meaning))
        {
            json.Name(means);
            json.Text(meaning);
        }

        json.Close('}');
    }

    public void Text(AsterixElement element, ReadOnlySpan<char> text)
    {
        if (element.Form.Name.Length > 0) json.Name(element.Form.Name);
        if (element.Form.RegisterPart == RegisterPart.Contents)
            _ = ulong.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out contents);
        json.Text(element.Kind is ElementKind.Ascii or ElementKind.SixBit ? text.TrimEnd([' ', '\0']) : text);
    }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        if (!nameless) json.Name(more);
        nameless = false;
        json.Hexadecimal(bytes);
    }
}

using Nadhir.Formats.ModeS.Registers;

namespace Nadhir.Formats.Asterix;

/// <summary>What a Mode S register says, as JSON: fields whose status says they are there, in SI units.</summary>
sealed class RegisterJson(JsonLine json, bool explain)
{
    static readonly byte[] bds = JsonLine.Quote("bds"), capabilities = JsonLine.Quote("capabilities");
    static readonly byte[] value = JsonLine.Quote("value"), unit = JsonLine.Quote("unit"), means = JsonLine.Quote("means");
    static readonly JsonForm[][] forms = new JsonForm[256][];

    public void Write(RegisterDefinition register, ulong contents)
    {
        JsonForm[] form = forms[register.Number] ??=
            [.. register.Fields.Select(field => new JsonForm(field.Name, field.Factor, field is { Factor: 1, Offset: 0 }))];
        json.Open('{');
        json.Name(bds);
        json.Text(register.Name);
        for (int i = 0; i < register.Fields.Length; i++)
        {
            RegisterField field = register.Fields[i];
            if (!field.IsIn(contents)) continue;
            json.Name(form[i].Name);
            if (field.Kind is RegisterFieldKind.Text or RegisterFieldKind.Hexadecimal) WriteText(field, contents);
            else if (explain) Explain(field, field.Read(contents), form[i]);
            else json.Number(field.Read(contents), form[i]);
        }

        if (!register.Capabilities.IsEmpty)
        {
            json.Name(capabilities);
            json.Open('[');
            for (int i = 0; i < register.Capabilities.Length; i++)
                if (RegisterField.Take(contents, i + 1, 1) != 0) json.Text(register.Capabilities[i]);
            json.Close(']');
        }

        json.Close('}');
    }

    void WriteText(RegisterField field, ulong contents)
    {
        Span<char> text = stackalloc char[16];
        json.Text(text[..RegisterText.Read(field, contents, text)]);
    }

    void Explain(RegisterField field, double number, JsonForm form)
    {
        json.Open('{');
        json.Name(value);
        json.Number(number, form);
        if (field.Unit.Length > 0)
        {
            json.Name(unit);
            json.Text(field.Unit);
        }

        if (field.Meanings.TryGetValue((long)number, out string? meaning))
        {
            json.Name(means);
            json.Text(meaning);
        }

        json.Close('}');
    }
}

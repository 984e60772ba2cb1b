using System.Text;

namespace Nadhir.Simulation.Histories;

/// <summary>Comma-separated values (RFC 4180): quoted fields may hold commas, line breaks and doubled quotes.</summary>
static class CsvLines
{
    public static IEnumerable<string[]> Read(TextReader reader)
    {
        List<string> fields = [];
        StringBuilder field = new();
        bool quoted = false, any = false;
        for (int read = reader.Read(); read >= 0; read = reader.Read())
        {
            char c = (char)read;
            any = true;
            if (quoted)
            {
                if (c != '"') field.Append(c);
                else if (reader.Peek() != '"') quoted = false;
                else field.Append((char)reader.Read());
                continue;
            }

            switch (c)
            {
                case '"': quoted = true; break;
                case ',': Next(); break;
                case '\r': break;
                case '\n':
                    Next();
                    yield return [.. fields];
                    fields.Clear();
                    any = false;
                    break;
                default: field.Append(c); break;
            }
        }

        if (!any) yield break;
        Next();
        yield return [.. fields];

        void Next()
        {
            fields.Add(field.ToString().Trim());
            field.Clear();
        }
    }
}

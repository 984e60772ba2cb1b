using System.Globalization;
using System.Text;
using Nadhir.Formats.Sapient;

namespace Nadhir.Formats.Tests.Sapient;

/// <summary>Valid messages of every type with any values, from one seed.</summary>
/// <param name="node">Who sends them; anybody when null.</param>
sealed class AnySapient(Random random, string? node = null)
{
    const int Deepest = 7;

    public SapientDocument Message()
    {
        SapientDocument document = new();
        Fill(document, SapientDocument.Root, Flex335.Root, 0);
        return document;
    }

    void Fill(SapientDocument document, int message, SapientMessageType type, int depth)
    {
        int[] chosen = [.. type.OneOfs.Select((each, i) => Choose(type, i, each.Mandatory || random.Next(2) == 0))];
        foreach (SapientField field in type.Fields)
        {
            bool there = field.OneOf >= 0
                ? chosen[field.OneOf] == field.Index
                : field.Mandatory || (depth < Deepest && random.Next(3) == 0);
            if (!there) continue;
            for (int i = field.Repeated ? random.Next(1, 3) : 1; i > 0; i--) Add(document, message, field, depth);
        }
    }

    int Choose(SapientMessageType type, int oneOf, bool there)
    {
        SapientField[] members = [.. type.Fields.Where(field => field.OneOf == oneOf)];
        return there ? members[random.Next(members.Length)].Index : -1;
    }

    void Add(SapientDocument document, int message, SapientField field, int depth)
    {
        switch (field.Kind)
        {
            case SapientKind.Message: Fill(document, document.Add(message, field), field.Message!, depth + 1); break;
            case SapientKind.Text: document.Add(message, field, Text(field)); break;
            case SapientKind.Bytes: document.Add(message, field, Bytes()); break;
            case SapientKind.Double: document.Add(message, field,
                BitConverter.Int64BitsToDouble(random.NextInt64()) is var d && double.IsFinite(d) ? d : 1.5); break;
            case SapientKind.Float: document.Add(message, field, (random.NextDouble() - 0.5) * 1e6); break;
            case SapientKind.Integer: document.Add(message, field, random.Next(int.MinValue, int.MaxValue)); break;
            case SapientKind.Flag: document.Add(message, field, random.Next(2) == 0); break;
            case SapientKind.Choice: document.Add(message, field, Value(field.Choice!)); break;
            case SapientKind.Time: document.Add(message, field,
                new DateTimeOffset(random.NextInt64(DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero)); break;
            default: throw new InvalidOperationException($"{field}");
        }
    }

    int Value(SapientChoice choice)
    {
        int[] values = [.. Enumerable.Range(1, 30).Where(value => choice.NameOf(value) is not null)];
        return values[random.Next(values.Length)];
    }

    string Text(SapientField field) => field.Rule switch
    {
        SapientRule.Uuid when node is not null && field == Flex335.Root["node_id"] => node,
        SapientRule.Uuid => SapientIds.Uuid(new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64())),
        SapientRule.Ulid => Ulid(),
        SapientRule.Exactly => field.OnlyText,
        _ => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Letters[random.Next(Letters.Length)])),
    };

    const string Letters = "abcXYZ 019_.\"\\/äß™\n\tع";

    string Ulid()
    {
        StringBuilder text = new(random.Next(8).ToString(CultureInfo.InvariantCulture));
        for (int i = 1; i < 26; i++) text.Append("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[random.Next(32)]);
        return text.ToString();
    }

    byte[] Bytes()
    {
        byte[] bytes = new byte[random.Next(40)];
        random.NextBytes(bytes);
        return bytes;
    }
}

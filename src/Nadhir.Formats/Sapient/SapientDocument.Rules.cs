using System.Numerics;
using System.Text;

namespace Nadhir.Formats.Sapient;

/// <summary>What must hold for a message: every reason is told with the path of the field it concerns.</summary>
public sealed partial class SapientDocument
{
    void Check() => CheckMessage(Root);

    void CheckMessage(int message)
    {
        SapientMessageType type = TypeOf(message);
        ulong present = 0;
        uint oneOfs = 0;
        for (int i = entries[message].First; i >= 0; i = entries[i].Next)
        {
            if (reasons.Count >= MostReasons) return;
            SapientField field = entries[i].Field!;
            if (!field.Plain || !IsEmpty(i)) present |= 1UL << field.Index;
            if (field.OneOf >= 0)
            {
                uint bit = 1u << field.OneOf;
                if ((oneOfs & bit) != 0)
                    Refuse($"{PathOf(message, type.OneOfs[field.OneOf].Name)} is told twice ({Members(type, field.OneOf)})");
                oneOfs |= bit;
            }

            CheckValue(i, field);
        }

        ulong missing = type.MandatoryFields & ~present;
        for (; missing != 0; missing &= missing - 1)
            Refuse($"{PathOf(message, type.Fields[BitOperations.TrailingZeroCount(missing)].Name)} missing");
        for (int i = 0; i < type.OneOfs.Count; i++)
            if (type.OneOfs[i].Mandatory && (oneOfs & (1u << i)) == 0)
                Refuse($"{PathOf(message, type.OneOfs[i].Name)} missing ({Members(type, i)})");
    }

    void CheckValue(int value, SapientField field)
    {
        switch (field.Kind)
        {
            case SapientKind.Message:
                CheckMessage(value);
                break;
            case SapientKind.Text:
                CheckText(value, field);
                break;
            case SapientKind.Time when !SapientTime.IsValid(entries[value].Bits, entries[value].Start):
                Refuse($"{PathOf(value)} is not a time");
                break;
            // What the standard calls not set is not there, where it must be.
            case SapientKind.Choice when field.Mandatory && entries[value].Bits == 0:
                Refuse($"{PathOf(value)} missing (unspecified)");
                break;
            case SapientKind.Choice when field.Mandatory && field.Choice!.NameOf(entries[value].Bits) is null:
                Refuse($"{PathOf(value)}: {entries[value].Bits} is no {field.Choice!.Name}");
                break;
            case SapientKind.Double or SapientKind.Float
                when field.Mandatory && !double.IsFinite(BitConverter.Int64BitsToDouble(entries[value].Bits)):
                Refuse($"{PathOf(value)} is not a number");
                break;
        }
    }

    void CheckText(int value, SapientField field)
    {
        ReadOnlySpan<byte> text = BytesOf(value);
        if (field.Plain && text.IsEmpty) return; // Told as missing, where it must be there.
        switch (field.Rule)
        {
            case SapientRule.Uuid when !SapientIds.TryUuid(text, out _):
                Refuse($"{PathOf(value)}: '{Shown(text)}' is not a UUID");
                break;
            case SapientRule.Ulid when !SapientIds.TryUlid(text, out _):
                Refuse($"{PathOf(value)}: '{Shown(text)}' is not a ULID");
                break;
            case SapientRule.Exactly when !text.SequenceEqual(field.OnlyTextUtf8):
                Refuse($"{PathOf(value)}: '{Shown(text)}' is not '{field.OnlyText}'");
                break;
        }
    }

    bool IsEmpty(int value) =>
        entries[value].Field!.Kind == SapientKind.Text ? entries[value].Length == 0 : entries[value].Bits == 0;

    static string Members(SapientMessageType type, int oneOf) =>
        string.Join(" or ", type.Fields.Where(field => field.OneOf == oneOf).Select(field => field.Name));

    /// <summary>A text of a stranger, as much of it as is good to repeat.</summary>
    static string Shown(ReadOnlySpan<byte> text)
    {
        string whole = Encoding.UTF8.GetString(text[..Math.Min(60, text.Length)]);
        return string.Concat(whole.Select(letter => char.IsControl(letter) ? '·' : letter));
    }
}

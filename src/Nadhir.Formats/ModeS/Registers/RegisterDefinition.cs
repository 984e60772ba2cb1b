using System.Collections.Immutable;

namespace Nadhir.Formats.ModeS.Registers;

/// <summary>
/// A register of the Mode S transponder (BDS), as it comes in a Comm-B reply: 56 bits. Layouts are facts of ICAO Doc 9871
/// (Technical Provisions for Mode S Services and Extended Squitter).
/// </summary>
public sealed class RegisterDefinition
{
    /// <summary>BDS1 and BDS2 as two hexadecimal digits: 0x40 is 4,0.</summary>
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required ImmutableArray<RegisterField> Fields { get; init; }
    /// <summary>The register begins with its own number.</summary>
    public bool NamesItself { get; init; }
    /// <summary>Bits that are zero, first and last of each run.</summary>
    public ImmutableArray<(int First, int Last)> Reserved { get; init; } = [];
    /// <summary>Bits 1 to n each say that a register can be read (1,7): which.</summary>
    public ImmutableArray<string> Capabilities { get; init; } = [];
    /// <summary>What must hold between fields, beyond their own limits.</summary>
    public Func<ulong, bool>? Agrees { get; init; }

    /// <summary>As people write it: "4,0".</summary>
    public string Name => $"{Number >> 4:X},{Number & 0xF:X}";

    /// <summary>A field by its name.</summary>
    public RegisterField this[string field] => Fields.First(each => each.Name == field);

    /// <summary>
    /// Whether the bits could be this register's: its number where it carries one, reserved bits and fields without status
    /// zero, values that an aircraft can have, and fields that agree with each other.
    /// </summary>
    public bool IsPlausible(ulong contents)
    {
        if (contents == 0) return false;
        if (NamesItself && RegisterField.Take(contents, 1, 8) != (ulong)Number) return false;
        foreach ((int first, int last) in Reserved)
            if (RegisterField.Take(contents, first, last - first + 1) != 0) return false;
        foreach (RegisterField field in Fields)
        {
            if (!field.IsIn(contents))
            {
                if (field.Status > 0 && field.BitsOf(contents) != 0) return false;
                continue;
            }

            if (field.Kind is RegisterFieldKind.Text or RegisterFieldKind.Hexadecimal) continue;
            double value = field.Read(contents);
            if (value < field.Least || value > field.Most) return false;
        }

        return Agrees is null || Agrees(contents);
    }
}

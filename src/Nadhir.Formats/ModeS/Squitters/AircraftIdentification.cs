using Nadhir.Formats.Asterix;
using Nadhir.Sensing;

namespace Nadhir.Formats.ModeS.Squitters;

/// <summary>Aircraft identification and category, type codes 1–4 (DO-260B 2.2.3.2.5).</summary>
public readonly record struct AircraftIdentification
{
    /// <summary>Eight characters of six bits, the first in the high end.</summary>
    readonly ulong text;

    AircraftIdentification(int typeCode, int category, ulong text)
    {
        Set = (char)('A' + 4 - typeCode);
        Category = category;
        this.text = text;
    }

    /// <summary>Emitter category set A–D.</summary>
    public char Set { get; }
    /// <summary>Category within the set, 0–7; 0 tells nothing.</summary>
    public int Category { get; }

    public static AircraftIdentification Read(ulong field) =>
        new(SquitterType.Of(field), field.Bits(6, 3), field & 0xFFFF_FFFF_FFFF);

    public Callsign Callsign
    {
        get
        {
            Span<char> characters = stackalloc char[8];
            Spell(characters);
            return Callsign.From(characters);
        }
    }

    /// <summary>All eight characters; codes without a meaning read as '?'.</summary>
    public void Spell(Span<char> characters)
    {
        for (int i = 0; i < 8; i++) characters[i] = SixBitText.Decode((int)(text >> (42 - (6 * i))));
    }

    /// <param name="set">A–D.</param>
    public static ulong Write(char set, int category, ReadOnlySpan<char> callsign) =>
        0UL.With(1, 5, 'A' + 4 - set).With(6, 3, category) | SixBitText.Encode(callsign);
}

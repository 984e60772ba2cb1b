using System.Collections.Frozen;

namespace Nadhir.Formats.ModeS.Registers;

/// <summary>How the bits of a register's field are read.</summary>
public enum RegisterFieldKind : byte
{
    Unsigned,
    /// <summary>Two's complement, the sign in the first bit.</summary>
    Signed,
    /// <summary>Six bits a character.</summary>
    Text,
    /// <summary>Hexadecimal digits: an address.</summary>
    Hexadecimal,
}

/// <summary>One field of a register. Bits are counted from 1 to 56, as ICAO Doc 9871 counts them.</summary>
public sealed record RegisterField
{
    /// <summary>Short, as JSON writes it.</summary>
    public required string Name { get; init; }
    public RegisterFieldKind Kind { get; init; }
    public required int First { get; init; }
    public required int Bits { get; init; }
    /// <summary>The bit that says whether the field is there; 0 when nothing says so.</summary>
    public int Status { get; init; }
    /// <summary>Value of the least significant bit in <see cref="Unit"/>, and what 0 stands for.</summary>
    public double Factor { get; init; } = 1;
    public double Offset { get; init; }
    /// <summary>SI unit, or degrees, Celsius, Mach, per cent; empty for bare numbers.</summary>
    public string Unit { get; init; } = "";
    /// <summary>What an aircraft can be in; beyond it the bits are those of another register.</summary>
    public double Least { get; init; } = double.NegativeInfinity;
    public double Most { get; init; } = double.PositiveInfinity;
    /// <summary>The field is there only when these bits have this value; no bits: always.</summary>
    public (int First, int Bits, ulong Value) When { get; init; }
    /// <summary>What coded values mean.</summary>
    public FrozenDictionary<long, string> Meanings { get; init; } = FrozenDictionary<long, string>.Empty;

    /// <summary>The bare bits.</summary>
    public ulong BitsOf(ulong contents) => Take(contents, First, Bits);

    /// <summary>Whether the register says that the field holds something.</summary>
    public bool IsIn(ulong contents) =>
        (Status == 0 || Take(contents, Status, 1) != 0) &&
        (When.Bits == 0 || Take(contents, When.First, When.Bits) == When.Value);

    /// <summary>The value in the field's unit; NaN when the register does not give one.</summary>
    public double Read(ulong contents)
    {
        if (!IsIn(contents)) return double.NaN;
        ulong bits = BitsOf(contents);
        double value = Kind == RegisterFieldKind.Signed ? (long)(bits << (64 - Bits)) >> (64 - Bits) : (double)bits;
        return (value * Factor) + Offset;
    }

    /// <summary>Bits of the 56, the first of the register being number 1.</summary>
    internal static ulong Take(ulong contents, int first, int bits) =>
        (contents >> (57 - first - bits)) & ((1UL << bits) - 1);
}

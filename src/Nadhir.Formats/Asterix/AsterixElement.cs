using System.Collections.Frozen;

namespace Nadhir.Formats.Asterix;

/// <summary>How the bits of an element are read.</summary>
public enum ElementKind : byte
{
    /// <summary>A plain number; from 24 bits on (addresses, Mode S messages) hexadecimal text if the bits make whole digits.</summary>
    Raw,
    Unsigned,
    Signed,
    /// <summary>Three bits a digit.</summary>
    Octal,
    /// <summary>Eight bits a character.</summary>
    Ascii,
    /// <summary>Six bits a character, ICAO Annex 10.</summary>
    SixBit,
    /// <summary>A number whose unit another element of the same item decides.</summary>
    Case,
}

/// <summary>What an element is to a Mode S register that an item carries (I048/250 and its like).</summary>
enum RegisterPart : byte { None, Contents, HighDigit, LowDigit }

/// <summary>One named run of bits within an item.</summary>
public sealed record AsterixElement
{
    /// <summary>Short name from the standard, empty when the item has but one element.</summary>
    public required string Name { get; init; }
    public string Title { get; init; } = "";
    /// <summary>From the first bit of the part it stands in.</summary>
    public required int BitOffset { get; init; }
    public required int Bits { get; init; }
    public ElementKind Kind { get; init; }
    /// <summary>Value of the least significant bit in <see cref="Unit"/>.</summary>
    public double Factor { get; init; } = 1;
    /// <summary>SI unit, or degrees, decibels, Mach, per cent; empty for bare numbers.</summary>
    public string Unit { get; init; } = "";
    /// <summary>What coded values mean.</summary>
    public FrozenDictionary<long, string> Meanings { get; init; } = FrozenDictionary<long, string>.Empty;
    /// <summary>For <see cref="ElementKind.Case"/>: the deciding element.</summary>
    public string DecidedBy { get; init; } = "";
    public FrozenDictionary<long, AsterixElement> Cases { get; init; } = FrozenDictionary<long, AsterixElement>.Empty;

    JsonForm? form;

    /// <summary>How it is written as JSON.</summary>
    internal JsonForm Form => form ??= JsonForm.Of(this);

    /// <summary>True when the value is text: characters, octal codes, and raw bits too many for a number.</summary>
    public bool IsText => Form.IsText;

    internal bool HasTextKind =>
        Kind is ElementKind.Octal or ElementKind.Ascii or ElementKind.SixBit ||
        (Kind == ElementKind.Raw && Bits >= 24 && Bits % 4 == 0);
}

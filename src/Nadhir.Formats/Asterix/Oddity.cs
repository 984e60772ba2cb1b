namespace Nadhir.Formats.Asterix;

/// <summary>What a careful receiver finds odd in a record that can be read to its last byte.</summary>
enum Oddity : byte
{
    /// <summary>An item is missing that records of this kind must have.</summary>
    Missing,
    /// <summary>An item is there that records of this kind never have.</summary>
    OutOfPlace,
    SpareBits,
    /// <summary>A code that the standard does not define.</summary>
    Code,
    /// <summary>Outside what the element can be: a latitude beyond the pole, a time beyond midnight.</summary>
    Value,
    Characters,
    /// <summary>An extension that the edition does not have, or a field specification that names nothing.</summary>
    Extension,
    /// <summary>Far from the source's clock.</summary>
    Clock,
}

/// <summary>Receives oddities.</summary>
/// <param name="item">Item number.</param>
delegate void OddityTaker(Oddity oddity, string item);

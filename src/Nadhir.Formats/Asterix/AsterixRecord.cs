using System.Numerics;
using Nadhir.Sensing;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// A view of one record: where each of its items starts. Made without allocation: the caller lends the offsets, and
/// the view holds until they are used again. What it hands out has been measured, so fixed items can be read blindly.
/// </summary>
public readonly ref struct AsterixRecord
{
    /// <summary>Most items a field specification of nine octets can name.</summary>
    public const int MostItems = 63;
    const int MostSpecificationOctets = 9;

    readonly ReadOnlySpan<ushort> offsets;
    readonly ulong present;

    /// <summary>A record that has been taken before, from what was kept of it.</summary>
    internal AsterixRecord(
        UserApplicationProfile profile, ReadOnlySpan<byte> bytes, ReadOnlySpan<ushort> offsets, ulong present)
    {
        Profile = profile;
        Bytes = bytes;
        this.offsets = offsets;
        this.present = present;
    }

    public UserApplicationProfile Profile { get; }
    /// <summary>Which places are there, counted from the left.</summary>
    internal ulong Present => present;
    /// <summary>The record, from its field specification on.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <param name="place">Field reference number less one; −1 (an item the edition lacks) is never there.</param>
    public bool Has(int place) => place >= 0 && (present & (1UL << (63 - place))) != 0;

    /// <summary>From the first byte of an item that is there to the end of the record.</summary>
    public ReadOnlySpan<byte> From(int place) => Bytes[offsets[place]..];

    /// <summary>Exactly the bytes of an item that is there.</summary>
    public ReadOnlySpan<byte> Item(int place)
    {
        ulong after = present & ~(ulong.MaxValue << (63 - place));
        int end = after == 0 ? Bytes.Length : offsets[BitOperations.LeadingZeroCount(after)];
        return Bytes[offsets[place]..end];
    }

    /// <summary>The first item there at or after a place, or −1.</summary>
    public int NextPlace(int from)
    {
        ulong left = from > 63 ? 0 : present & (ulong.MaxValue >> from);
        return left == 0 ? -1 : BitOperations.LeadingZeroCount(left);
    }

    /// <summary>Takes the next record off the input. On a fault nothing is taken.</summary>
    /// <param name="offsets">Lent for the life of the view; <see cref="MostItems"/> long.</param>
    public static DecodeFault TryTake(
        CategoryDefinition category, ref ReadOnlySpan<byte> input, Span<ushort> offsets, out AsterixRecord record)
    {
        record = default;
        if (input.Length > ushort.MaxValue) return DecodeFault.BadLength;
        DecodeFault fault = ReadSpecification(input, out int at, out ulong present);
        if (fault != DecodeFault.None) return fault;
        UserApplicationProfile profile = category.Chooser is { } chooser
            ? Choose(category, chooser, input[at..], present)
            : category.Profiles[0];
        if ((present & ~profile.Named) != 0) return DecodeFault.UnknownItem;

        ReadOnlySpan<byte> fixedOctets = profile.FixedOctets;
        for (ulong left = present; left != 0;)
        {
            int place = BitOperations.LeadingZeroCount(left);
            left &= ~(1UL << (63 - place));
            if (at > input.Length) return DecodeFault.Truncated;
            offsets[place] = (ushort)at;
            int length = fixedOctets[place];
            if (length == 0)
            {
                fault = profile.Items[place]!.Measure(input[at..], out length);
                if (fault != DecodeFault.None) return fault;
            }

            at += length;
        }

        if (at > input.Length) return DecodeFault.Truncated;
        record = new(profile, input[..at], offsets, present);
        input = input[at..];
        return DecodeFault.None;
    }

    static DecodeFault ReadSpecification(ReadOnlySpan<byte> input, out int octets, out ulong present)
    {
        octets = 0;
        present = 0;
        while (octets < input.Length && octets < MostSpecificationOctets)
        {
            uint octet = input[octets];
            present |= (ulong)(octet >> 1) << (57 - (7 * octets++));
            if ((octet & 1) == 0) return present == 0 ? DecodeFault.BadFieldSpecification : DecodeFault.None;
        }

        return octets < MostSpecificationOctets ? DecodeFault.Truncated : DecodeFault.BadFieldSpecification;
    }

    /// <summary>CAT 001: the items before the choosing one are the same in every profile.</summary>
    static UserApplicationProfile Choose(
        CategoryDefinition category, ProfileChooser chooser, ReadOnlySpan<byte> items, ulong present)
    {
        UserApplicationProfile first = category.Profiles[0];
        int wanted = first.PlaceOf(chooser.Item);
        if ((present & (1UL << (63 - wanted))) == 0) return first;
        for (int place = 0; place <= wanted; place++)
        {
            if ((present & (1UL << (63 - place))) == 0 || first.Items[place] is not { } item) continue;
            if (item.Measure(items, out int length) != DecodeFault.None) return first;
            if (place < wanted) items = items[length..];
        }

        long value = (long)Bits.Read(items, chooser.Element.BitOffset, chooser.Element.Bits);
        return chooser.ProfileOf.TryGetValue(value, out int profile) ? category.Profiles[profile] : first;
    }
}

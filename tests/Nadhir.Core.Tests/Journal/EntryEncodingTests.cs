using CsCheck;
using Nadhir.Journal;

namespace Nadhir.Tests.Journal;

public class EntryEncodingTests
{
    static readonly Gen<Entry> AnyEntry =
        from kind in Gen.Int[1, 6]
        from ticks in Gen.Long[DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks]
        from source in Gen.String[Gen.OneOf(Gen.Char[' ', '~'], Gen.Char['\u0600', '\u06FF'], Gen.Char['\u4E00', '\u9FFF']), 0, 40]
        from payload in Gen.Byte.Array[0, 300]
        select new Entry((EntryKind)kind, new DateTimeOffset(ticks, TimeSpan.Zero), source, payload);

    static readonly Gen<(Entry Entry, byte[] Salt)> AnySalted = Gen.Select(AnyEntry, Gen.OneOf(Gen.Const(0), Gen.Const(16)).SelectMany(length => Gen.Byte.Array[length]));

    static void AssertSame(Entry expected, Entry actual)
    {
        Assert.Equal(expected with { Payload = default }, actual with { Payload = default });
        Assert.Equal(expected.Payload.ToArray(), actual.Payload.ToArray());
    }

    [Fact]
    public void What_is_written_is_read_back_with_its_salt() => AnySalted.Sample(any =>
    {
        Assert.Equal(EntryFault.None, EntryEncoding.TryDecode(EntryEncoding.Encode(any.Entry, any.Salt), out Entry? read, out ReadOnlySpan<byte> salt));
        AssertSame(any.Entry, read!);
        Assert.Equal(any.Salt, salt.ToArray());
    });

    [Fact]
    public void An_entry_has_one_encoding_only() => Gen.Select(Gen.Byte[1, 2], Gen.Byte.Array[0, 60]).Sample((version, tail) =>
    {
        // Bytes that decode at all must be the bytes their entry encodes to.
        byte[] bytes = version == 1 ? [1, 3, 0, 0, 0, 0, .. tail] : [2, .. new byte[16], 3, 0, 0, 0, 0, .. tail];
        if (EntryEncoding.TryDecode(bytes, out Entry? read, out ReadOnlySpan<byte> salt) == EntryFault.None)
            Assert.Equal(bytes, EntryEncoding.Encode(read!, salt));
    });

    [Fact]
    public void Every_cut_is_noticed() => AnySalted.Sample(any =>
    {
        byte[] encoded = EntryEncoding.Encode(any.Entry, any.Salt);
        for (int length = 0; length < encoded.Length; length++)
            Assert.Equal(EntryFault.Truncated, EntryEncoding.TryDecode(encoded.AsSpan(0, length), out _));
    });

    [Fact]
    public void Every_changed_byte_gives_another_entry_or_a_fault() => Gen.Select(AnySalted, Gen.Int[0, 1000], Gen.Byte[1, 255]).Sample((any, at, change) =>
    {
        byte[] encoded = EntryEncoding.Encode(any.Entry, any.Salt);
        byte[] changed = [.. encoded];
        changed[at % changed.Length] ^= change;
        if (EntryEncoding.TryDecode(changed, out Entry? read, out ReadOnlySpan<byte> salt) != EntryFault.None) return;
        Assert.Equal(changed, EntryEncoding.Encode(read!, salt));
    });

    [Fact]
    public void The_bytes_are_those_of_the_readme()
    {
        Entry tick = new(EntryKind.Tick, DateTimeOffset.UnixEpoch.AddSeconds(1), "", default);
        Assert.Equal("010300000000000F4240000000000000", Convert.ToHexString(EntryEncoding.Encode(tick)));
        Assert.Equal(
            "02000000000000000000000000000000000300000000000F4240000000000000", Convert.ToHexString(EntryEncoding.Encode(tick, new byte[16])));

        Entry plot = new(EntryKind.Received, DateTimeOffset.UnixEpoch.AddTicks(-10), "SIM-1", new byte[] { 0x30, 0x00 });
        Assert.Equal("0102FFFFFFFFFFFFFFFF000553494D2D31000000023000", Convert.ToHexString(EntryEncoding.Encode(plot)));
    }

    [Theory]
    [InlineData("030300000000000F4240000000000000", EntryFault.UnknownVersion)]
    [InlineData("020300000000000F4240000000000000", EntryFault.Truncated)]
    [InlineData("010000000000000F4240000000000000", EntryFault.UnknownKind)]
    [InlineData("010800000000000F4240000000000000", EntryFault.UnknownKind)]
    [InlineData("01037FFFFFFFFFFFFFFF000000000000", EntryFault.TimeOutOfRange)]
    [InlineData("010300000000000F42400001FF00000000", EntryFault.SourceNotText)]
    [InlineData("010300000000000F424000000000000000", EntryFault.TrailingBytes)]
    [InlineData("010300000000000F42400000FFFFFFFF", EntryFault.PayloadTooLong)]
    public void Bad_bytes_are_refused_with_the_reason(string hex, EntryFault fault)
    {
        Assert.Equal(fault, EntryEncoding.TryDecode(Convert.FromHexString(hex), out Entry? read));
        Assert.Null(read);
    }

    [Fact]
    public void An_entry_keeps_no_more_of_the_time_than_the_journal_does()
    {
        DateTimeOffset fine = new DateTimeOffset(2024, 4, 13, 23, 0, 0, TimeSpan.FromHours(3)).AddTicks(1_234_567);
        Entry entry = new(EntryKind.Tick, fine, "", default);
        Assert.Equal(fine.AddTicks(-7), entry.Time);
        Assert.Equal(TimeSpan.Zero, entry.Time.Offset);
        Assert.Equal(entry.Time, (entry with { Time = fine }).Time);
    }
}

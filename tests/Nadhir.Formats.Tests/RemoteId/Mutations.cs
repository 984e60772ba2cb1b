using System.Globalization;
using Nadhir.Formats.Tests.Asterix;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.RemoteId;

/// <summary>Feeds a decoder with good inputs gone bad: bytes flipped, cut out, doubled, joined with others.</summary>
static class Mutations
{
    /// <summary>As NADHIR_FUZZ says, else what the test usually tries.</summary>
    public static long Inputs(long usual) =>
        long.TryParse(Environment.GetEnvironmentVariable("NADHIR_FUZZ"), CultureInfo.InvariantCulture,
            out long told) ? told : usual;

    /// <summary>Tries all inputs on one decoder: nothing is thrown, and faults lie within the bytes.</summary>
    public static void Try(IFeedDecoder decoder, IReadOnlyList<byte[]> good, int seed, long inputs,
        DateTimeOffset start)
    {
        Random random = new(seed);
        for (long i = 0; i < inputs; i++)
        {
            byte[] bytes = Mutate(good[random.Next(good.Count)], good, random);
            RecordingSink sink = new();
            decoder.Decode(bytes, start.AddMilliseconds(i), sink);
            foreach ((DecodeFault _, int offset, int length, string detail) in sink.Faults)
            {
                if (offset < 0 || length < 0 || offset + length > bytes.Length)
                    Assert.Fail($"input {i} of seed {seed}: fault at {offset}+{length} of {bytes.Length} bytes: {detail}");
            }

            foreach (Measurement seen in sink.Measurements)
                if (Math.Abs(seen.LatitudeDegrees) > 90
                    || Math.Abs((seen.Time - start.AddMilliseconds(i)).TotalDays) > 1.01)
                    Assert.Fail($"input {i} of seed {seed}: {seen}");
        }
    }

    static byte[] Mutate(byte[] from, IReadOnlyList<byte[]> good, Random random)
    {
        List<byte> bytes = [.. from];
        for (int edits = random.Next(1, 5); edits > 0; edits--)
        {
            int at = random.Next(bytes.Count + 1);
            switch (random.Next(6))
            {
                case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(at, random.Next(Math.Min(8, bytes.Count - at) + 1)); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(0, random.Next(Math.Min(40, bytes.Count) + 1))); break;
                case 4: bytes.RemoveRange(at, bytes.Count - at); break;
                default:
                    byte[] other = good[random.Next(good.Count)];
                    bytes.InsertRange(at, other.AsSpan(0, Math.Min(30, other.Length)));
                    break;
            }

            if (bytes.Count > 2000) bytes.RemoveRange(2000, bytes.Count - 2000);
        }

        return [.. bytes];
    }
}

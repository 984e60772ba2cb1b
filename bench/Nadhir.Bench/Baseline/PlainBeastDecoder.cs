namespace Nadhir.Bench.Baseline;

/// <summary>
/// Beast the way it is written down: octet by octet, each message a new array, parity bit by bit, a dictionary of
/// addresses. The measure for <see cref="ModeSBenchmarks"/>; it checks and counts, and reads no more than the address.
/// </summary>
sealed class PlainBeastDecoder
{
    readonly Dictionary<uint, long> announced = [];

    public int Believed { get; private set; }

    public void Decode(byte[] stream)
    {
        for (int at = 0; at < stream.Length;)
        {
            if (stream[at++] != 0x1A || at >= stream.Length) continue;
            int octets = stream[at++] switch { (byte)'1' => 2, (byte)'2' => 7, (byte)'3' => 14, _ => 0 };
            if (octets == 0) continue;
            byte[] frame = new byte[7 + octets];
            int count = 0;
            while (count < frame.Length && at < stream.Length)
            {
                if (stream[at] == 0x1A && (at + 1 >= stream.Length || stream[++at] != 0x1A)) break;
                frame[count++] = stream[at++];
            }

            if (count == frame.Length && octets > 2) Take(frame.AsSpan(7));
        }
    }

    void Take(ReadOnlySpan<byte> message)
    {
        uint remainder = 0;
        foreach (byte octet in message[..^3])
        {
            remainder ^= (uint)octet << 16;
            for (int bit = 0; bit < 8; bit++)
                remainder = ((remainder << 1) ^ ((remainder & 0x800000) != 0 ? 0xFFF409u : 0)) & 0xFFFFFF;
        }

        remainder ^= (uint)((message[^3] << 16) | (message[^2] << 8) | message[^1]);
        uint address = (uint)((message[1] << 16) | (message[2] << 8) | message[3]);
        bool announces = message[0] >> 3 is 11 or 17 or 18;
        if (announces && remainder == 0) announced[address] = Believed;
        if (announces ? remainder == 0 : announced.ContainsKey(remainder)) Believed++;
    }
}

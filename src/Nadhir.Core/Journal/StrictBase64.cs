namespace Nadhir.Journal;

/// <summary>Base 64 (RFC 4648, section 4) in its one canonical form: no white space, no stray bits in the padding.</summary>
static class StrictBase64
{
    public static byte[]? Read(string text)
    {
        Span<byte> bytes = new byte[(text.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(text, bytes, out int length)) return null;
        byte[] read = bytes[..length].ToArray();
        return string.Equals(Convert.ToBase64String(read), text, StringComparison.Ordinal) ? read : null;
    }
}

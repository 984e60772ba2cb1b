using System.Globalization;
using System.Text;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// One line of JSON being written into a buffer that is used again. Numbers are written with as many decimals as they need
/// and no more (<see cref="JsonForm"/>). It trusts its caller to open and close in order.
/// </summary>
sealed class JsonLine
{
    /// <summary>More than any number, name of ours or mark takes.</summary>
    const int Room = 64;

    byte[] buffer = new byte[4096];
    int length;

    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    public void Clear() => length = 0;

    public void Open(char bracket)
    {
        Separate();
        buffer[length++] = (byte)bracket;
    }

    public void Close(char bracket)
    {
        Ensure(Room);
        buffer[length++] = (byte)bracket;
    }

    /// <param name="quoted">With its quotation marks and the colon.</param>
    public void Name(ReadOnlySpan<byte> quoted)
    {
        int at = length;
        if (at + quoted.Length + Room > buffer.Length) Ensure(quoted.Length + Room);
        byte[] to = buffer;
        if (at > 0 && to[at - 1] is not ((byte)'{' or (byte)'[' or (byte)':')) to[at++] = (byte)',';
        quoted.CopyTo(to.AsSpan(at));
        length = at + quoted.Length;
    }

    public void Whole(long value)
    {
        Separate();
        value.TryFormat(buffer.AsSpan(length), out int written, default, CultureInfo.InvariantCulture);
        length += written;
    }

    /// <summary>A number by the form of its element.</summary>
    public void Number(double value, JsonForm form)
    {
        Separate();
        if (form.Decimals == 0 && value is >= 0 and < 10)
        {
            // Most elements are flags and codes.
            int digit = (int)value;
            if (digit == value)
            {
                buffer[length++] = (byte)('0' + digit);
                return;
            }
        }

        double scaled = Math.Round(value * form.Scale);
        if (form.Decimals < 0 || !(Math.Abs(scaled) < 9e15))
        {
            Shortest(value);
            return;
        }

        long digits = (long)scaled;
        if (digits < 0)
        {
            buffer[length++] = (byte)'-';
            digits = -digits;
        }

        Fixed((ulong)digits, form.Decimals);
    }

    /// <summary>A number as short as it can be said.</summary>
    public void Number(double value)
    {
        Separate();
        Shortest(value);
    }

    public void Text(ReadOnlySpan<char> text)
    {
        Separate();
        Ensure((6 * text.Length) + Room);
        buffer[length++] = (byte)'"';
        foreach (char each in text)
        {
            if (each is >= ' ' and <= '~' and not '"' and not '\\') buffer[length++] = (byte)each;
            else Escape(each);
        }

        buffer[length++] = (byte)'"';
    }

    public void Hexadecimal(ReadOnlySpan<byte> bytes)
    {
        Separate();
        Ensure((2 * bytes.Length) + Room);
        buffer[length++] = (byte)'"';
        foreach (byte each in bytes)
        {
            buffer[length++] = Digit(each >> 4);
            buffer[length++] = Digit(each & 0xF);
        }

        buffer[length++] = (byte)'"';
    }

    /// <summary>Bytes that are JSON already.</summary>
    public void Put(ReadOnlySpan<byte> bytes)
    {
        Ensure(bytes.Length + Room);
        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    public void EndLine() => Put("\n"u8);

    /// <summary>A comma, unless this is the first of its object or array or the value of a name.</summary>
    void Separate()
    {
        Ensure(Room);
        if (length > 0 && buffer[length - 1] is not ((byte)'{' or (byte)'[' or (byte)':')) buffer[length++] = (byte)',';
    }

    void Fixed(ulong digits, int decimals)
    {
        // Zeros at the end say nothing.
        while (decimals > 0 && digits % 10 == 0)
        {
            digits /= 10;
            decimals--;
        }

        bool hasPoint = decimals > 0;
        int places = Math.Max(Places(digits), decimals + 1), end = length + places + (hasPoint ? 1 : 0);
        Span<byte> to = buffer.AsSpan(length, end - length);
        length = end;
        int at = to.Length - 1;
        for (; decimals > 0; decimals--) to[at--] = LastDigit(ref digits);
        if (hasPoint) to[at--] = (byte)'.';
        while (at >= 0) to[at--] = LastDigit(ref digits);
    }

    static byte LastDigit(ref ulong digits)
    {
        ulong rest = digits / 10;
        byte last = (byte)('0' + (digits - (rest * 10)));
        digits = rest;
        return last;
    }

    /// <summary>Decimal digits a number has; at least one.</summary>
    static int Places(ulong digits)
    {
        int places = 1;
        for (ulong limit = 10; digits >= limit && places < 19; limit *= 10) places++;
        return places;
    }

    void Shortest(double value)
    {
        if (!double.IsFinite(value))
        {
            Put("null"u8);
            return;
        }

        value.TryFormat(buffer.AsSpan(length), out int written, "R", CultureInfo.InvariantCulture);
        length += written;
    }

    void Escape(char each)
    {
        if (each is '"' or '\\')
        {
            buffer[length++] = (byte)'\\';
            buffer[length++] = (byte)each;
            return;
        }

        Put("\\u"u8);
        for (int shift = 12; shift >= 0; shift -= 4) buffer[length++] = Digit((each >> shift) & 0xF);
    }

    void Ensure(int room)
    {
        if (length + room > buffer.Length) Array.Resize(ref buffer, Math.Max(2 * buffer.Length, length + room));
    }

    static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);

    /// <summary>A name of ours as it stands before its value.</summary>
    public static byte[] Quote(string name) => Encoding.UTF8.GetBytes($"\"{name}\":");
}

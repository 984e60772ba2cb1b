using Nadhir.DutyConsole;
using Nadhir.Film;

namespace Nadhir.Tests.Film;

public sealed class ReelTests
{
    /// <summary>
    /// Sizes around those of the unpacker's room: once it was full at the end of what there was to read, a moment was taken for ended
    /// though more of it was to come.
    /// </summary>
    [Fact]
    public void Moments_of_any_size_come_back_whole()
    {
        using ReelWriter writer = new();
        using ReelReader reader = new();
        Random chance = new(7);
        for (int i = 0; i < 200; i++)
        {
            FilmMoment moment = Moment(i, chance);
            FilmMoment read = reader.Next(writer.Add(moment));
            Assert.Equal(moment.Sequence, read.Sequence);
            for (int section = 0; section < moment.ForOperators.Length; section++)
            {
                Assert.True(moment.ForOperators[section].AsSpan().SequenceEqual(read.ForOperators[section]), $"moment {i}, section {section}");
                Assert.True(moment.ForEveryone[section].AsSpan().SequenceEqual(read.ForEveryone[section]), $"moment {i}, section {section}");
            }
        }
    }

    static FilmMoment Moment(int number, Random chance)
    {
        // From nearly nothing to half a megabyte, from what packs well to what hardly does.
        byte[][] all = [.. BoardsFrame.SectionNames.Select(_ => Bytes(1 << chance.Next(2, 16), chance.Next(1, 256), chance))];
        return new()
        {
            Sequence = number + 1,
            Time = DateTimeOffset.UnixEpoch.AddSeconds(number),
            Withheld = 0,
            Tracks = new byte[TrackFrame.HeaderBytes],
            Descriptions = [],
            ForOperators = all,
            ForEveryone = [.. all.Select(one => chance.Next(2) == 0 ? one : one[..(one.Length / 2)])],
        };
    }

    static byte[] Bytes(int length, int letters, Random chance)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = (byte)chance.Next(letters);
        return bytes;
    }
}

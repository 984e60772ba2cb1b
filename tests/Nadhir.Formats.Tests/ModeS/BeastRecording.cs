using Nadhir.Formats.ModeS;
using Nadhir.Formats.ModeS.Feeds;
using Nadhir.Formats.ModeS.Squitters;
using Nadhir.Formats.Tests.Asterix;
using Nadhir.Geodesy;

namespace Nadhir.Formats.Tests.ModeS;

/// <summary>A message of the recording as we hear it.</summary>
sealed record HeardMessage(ModeSMessage Message, Sender Sender, Hearing Hearing, ulong Counter, byte Signal, GeoPoint? Place);

/// <summary>Sixty seconds of Beast from a receiver near Saint Petersburg, taken by two antennas.</summary>
static class BeastRecording
{
    public static byte[] Bytes() => File.ReadAllBytes(SharedData.Find("modes/beastblackbox/ulss7.beast"));

    public static (List<HeardMessage> Messages, int Frames, int ModeAC) Hear(byte[] bytes)
    {
        RecordingSink sink = new();
        BeastFrames frames = new();
        ModeSReceiver receiver = new();
        List<HeardMessage> heard = [];
        int at = 0, count = 0, modeAC = 0;
        while (frames.TryTake(bytes, ref at, sink, out BeastFrame frame))
        {
            count++;
            if (frame.Kind == BeastKind.ModeAC)
            {
                modeAC++;
                continue;
            }

            ModeSMessage message = ModeSMessage.Read(frame.Message);
            long ticks = (long)frame.Counter * 10 / 12;
            Hearing hearing = receiver.Hear(ref message, ticks, out Sender sender);
            GeoPoint? place = null;
            if (hearing == Hearing.Believed && message.Format == 17
                && SquitterType.KindOf(message.Field) == SquitterKind.AirbornePosition)
            {
                ref AircraftState state = ref receiver.Aircraft.Hear(sender.Key, ticks);
                if (state.Place.TryPlace(CompactPosition.Read(message.Field), false, double.NaN, ticks, Reception.Unknown, out GeoPoint found))
                    place = found;
            }

            heard.Add(new(message, sender, hearing, frame.Counter, frame.Signal, place));
        }

        Assert.Empty(sink.Faults);
        return (heard, count, modeAC);
    }
}

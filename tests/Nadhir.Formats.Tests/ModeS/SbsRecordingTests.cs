using System.Globalization;
using System.Text;
using Nadhir.Formats.ModeS;
using Nadhir.Formats.ModeS.Feeds;
using Nadhir.Formats.ModeS.Squitters;
using Nadhir.Formats.Tests.Asterix;

namespace Nadhir.Formats.Tests.ModeS;

/// <summary>BaseStation lines that another decoder made of the same recording.</summary>
public sealed class SbsRecordingTests
{
    [Fact]
    public void Every_line_another_decoder_wrote_tells_what_we_read_from_the_message()
    {
        byte[] file = File.ReadAllBytes(SharedData.Find("modes/beastblackbox/beast_decoded_sbs.txt"));
        List<SbsLine> lines = Lines(file, out RecordingSink sink);
        Assert.Equal(8_622, lines.Count);
        // Two lines of talk at the end are no BaseStation.
        Assert.Equal(2, sink.Faults.Count);

        HeardMessage[] told =
        [
            .. BeastRecording.Hear(BeastRecording.Bytes()).Messages.Where(m => m.Hearing == Hearing.Believed
                && TransmissionOf(m.Message) > 0),
        ];
        Assert.Equal(lines.Count, told.Length);
        List<string> differences = [];
        for (int i = 0; i < told.Length; i++)
        {
            string ours = Text(told[i]), theirs = Text(lines[i]);
            if (ours != theirs) differences.Add($"{i} ours {ours} theirs {theirs} {told[i].Message}");
        }

        Assert.True(differences.Count == 0, $"{differences.Count}\n" + string.Join('\n', differences.Take(40)));
    }

    [Fact]
    public void Lines_of_other_kinds_are_passed_over_without_a_fault()
    {
        byte[] file = File.ReadAllBytes(SharedData.Find("sbs/vrs/SampleMessages.txt"));
        List<SbsLine> lines = Lines(file, out RecordingSink sink);
        string[] reports = [.. File.ReadLines(SharedData.Find("sbs/vrs/SampleMessages.txt")).Where(l => l.StartsWith("MSG", StringComparison.Ordinal))];
        // The samples hold latitudes of 179 degrees and codes of 9999 on purpose.
        int impossible = reports.Count(line => line.Split(',') is var f
            && (f[14].Contains("179.0", StringComparison.Ordinal) || f[17] == "9999"));
        Assert.All(sink.Faults, fault => Assert.Equal(Sensing.DecodeFault.BadValue, fault.Fault));
        Assert.Equal(impossible, sink.Faults.Count);
        Assert.Equal(reports.Length - impossible, lines.Count);
        SbsLine place = lines.First(line => line.HasPlace);
        Assert.Equal((51.20522, -0.43106, 15225.0, 0x4CA2ADu),
            (place.LatitudeDegrees, place.LongitudeDegrees, place.AltitudeFeet, place.Sender.Address));
    }

    static List<SbsLine> Lines(byte[] file, out RecordingSink sink)
    {
        sink = new();
        List<SbsLine> read = [];
        TextLines lines = new();
        int at = 0;
        while (lines.TryTake(file, ref at, sink, out ReadOnlySpan<byte> text, out int offset))
        {
            var fault = SbsLine.Read(text, out SbsLine line, out string detail);
            if (fault != Sensing.DecodeFault.None) sink.OnFault(fault, offset, text.Length, detail);
            else if (line.Transmission > 0) read.Add(line);
        }

        return read;
    }

    /// <summary>Status, target state and operational status have no line.</summary>
    static int TransmissionOf(in ModeSMessage message) => message.Format switch
    {
        0 or 16 => 7,
        4 or 20 => 5,
        5 or 21 => 6,
        11 => 8,
        _ => SquitterType.KindOf(message.Field) switch
        {
            SquitterKind.Identification => 1,
            SquitterKind.AirbornePosition => 3,
            SquitterKind.Velocity => 4,
            _ => 0,
        },
    };

    static string Text(in SbsLine line)
    {
        // The callsign of a DF 20 comes from the register BDS 2,0, which is not read here.
        string callsign = line.Transmission == 1 ? line.Callsign.ToString() : "";
        return Line($"{line.Transmission} {line.Sender.Address:x6} '{callsign}' {line.AltitudeFeet} {line.GroundSpeedKnots} {line.TrackDegrees} {line.LatitudeDegrees:0.00000} {line.LongitudeDegrees:0.00000} {line.ClimbFeetPerMinute} {line.Mode3A}");
    }

    static string Text(HeardMessage heard)
    {
        ModeSMessage m = heard.Message;
        int transmission = TransmissionOf(m);
        string callsign = "";
        double altitude = double.NaN, speed = double.NaN, track = double.NaN, climb = double.NaN;
        short mode3A = -1;
        switch (transmission)
        {
            case 1:
                callsign = AircraftIdentification.Read(m.Field).Callsign.ToString();
                break;
            case 3:
                altitude = AirbornePosition.Read(m.Field).AltitudeFeet ?? double.NaN;
                break;
            case 4:
                AirborneVelocity moving = AirborneVelocity.Read(m.Field);
                speed = Math.Floor(moving.GroundSpeedKnots);
                // As in the other text: westerly headings are rounded towards north.
                track = Math.Truncate((moving.TrackDegrees <= 180 ? moving.TrackDegrees : moving.TrackDegrees - 360) + 0.5);
                track = track < 0 ? track + 360 : Math.Abs(track);
                climb = moving.ClimbFeetPerMinute ?? double.NaN;
                break;
            case 5 or 7:
                altitude = m.AltitudeFeet ?? double.NaN;
                break;
            case 6:
                mode3A = m.Identity;
                break;
        }

        return Line($"{transmission} {heard.Sender.Address:x6} '{callsign}' {altitude} {speed} {track} {heard.Place?.LatitudeDegrees ?? double.NaN:0.00000} {heard.Place?.LongitudeDegrees ?? double.NaN:0.00000} {climb} {mode3A}");
    }

    static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// CAT 001, the forerunner of CAT 048, to plots. Its two profiles (plots, monoradar tracks) give the same when they carry a
/// measured position (I040); a track without one was extrapolated and says only that the radar is alive. The time is
/// truncated to the low sixteen bits (I141) and completed by the last CAT 002 of the radar, else by the arrival.
/// </summary>
sealed class MonoradarDecoder : RecordDecoder
{
    readonly SourceClocks clocks;
    readonly Fields plots, tracks;

    public MonoradarDecoder(CategoryDefinition category, SourceClocks clocks)
        : base(category)
    {
        this.clocks = clocks;
        int plot = category.Profiles.ToList().FindIndex(profile => profile.Name == "plot");
        int track = category.Profiles.ToList().FindIndex(profile => profile.Name == "track");
        plots = new(category, plot);
        tracks = new(category, track);
    }

    public override DecodeFault Decode(in AsterixRecord record, RecordOrigin origin, IDecodeSink sink, out string detail)
    {
        detail = "";
        bool isTrack = record.Profile.Name == "track";
        Fields fields = isTrack ? tracks : plots;
        double truncated = fields.Time.Read(record);
        DateTimeOffset time = double.IsNaN(truncated)
            ? origin.Arrived
            : clocks.Complete(origin.Sensor, truncated, origin.Arrived);
        fields.Detection.TryReadBits(record, out ulong detection);
        bool detected = !fields.Detection.IsIn(record) || detection != 0;
        if (!fields.Range.IsIn(record) || !detected)
        {
            sink.OnAlive(origin.Sensor, time);
            return DecodeFault.None;
        }

        bool knowsLevel = !fields.LevelNotValidated.IsSet(record) && !fields.LevelGarbled.IsSet(record);
        bool knowsCode = fields.Mode3A.TryReadBits(record, out ulong code) && !fields.CodeNotValidated.IsSet(record) &&
            !fields.CodeGarbled.IsSet(record);
        sink.OnMeasurement(new()
        {
            Kind = MeasurementKind.Plot,
            Sensor = origin.Sensor,
            Time = time,
            RangeMetres = fields.Range.Read(record),
            AzimuthRadians = fields.Azimuth.Read(record) * Angles.DegreesToRadians,
            HeightMetres = knowsLevel ? fields.Level.Read(record) : double.NaN,
            Mode3A = knowsCode ? (short)code : (short)-1,
            SourceTrack = fields.TrackNumber.TryReadBits(record, out ulong number) ? (int)number : -1,
            // I001/020 SSRPSR: 1 primary alone, 2 secondary alone, 3 both.
            Primary = (detection & 1) != 0,
            Simulated = fields.Simulated.IsSet(record) || fields.Test.IsSet(record) || fields.FieldMonitor.IsSet(record),
        });
        return DecodeFault.None;
    }

    sealed class Fields(CategoryDefinition category, int profile)
    {
        public readonly AsterixField Time = AsterixField.Find(category, "141", "", profile);
        public readonly AsterixField Detection = AsterixField.Find(category, "020", "SSRPSR", profile);
        public readonly AsterixField Simulated = AsterixField.Find(category, "020", "SIM", profile);
        public readonly AsterixField Test = AsterixField.Find(category, "020", "TST", profile);
        public readonly AsterixField FieldMonitor = AsterixField.Find(category, "020", "RAB", profile);
        public readonly AsterixField Range = AsterixField.Find(category, "040", "RHO", profile);
        public readonly AsterixField Azimuth = AsterixField.Find(category, "040", "THETA", profile);
        public readonly AsterixField CodeNotValidated = AsterixField.Find(category, "070", "V", profile);
        public readonly AsterixField CodeGarbled = AsterixField.Find(category, "070", "G", profile);
        public readonly AsterixField Mode3A = AsterixField.Find(category, "070", "MODE3A", profile);
        public readonly AsterixField LevelNotValidated = AsterixField.Find(category, "090", "V", profile);
        public readonly AsterixField LevelGarbled = AsterixField.Find(category, "090", "G", profile);
        public readonly AsterixField Level = AsterixField.Find(category, "090", "HGT", profile);
        public readonly AsterixField TrackNumber = AsterixField.Find(category, "161", "", profile);
    }
}

namespace Nadhir.Formats.Asterix;

/// <summary>CAT 034 messages that a radar sends as it turns; layout the same in editions 1.27 to 1.29.</summary>
public static class ServiceMessages
{
    /// <summary>The antenna passes north.</summary>
    /// <param name="timeOfDay">Seconds since midnight UTC.</param>
    /// <param name="rotationSeconds">Antenna rotation period; up to 512 s.</param>
    public static byte[] NorthMarker(int sac, int sic, double timeOfDay, double rotationSeconds)
    {
        const byte specification = 0b1110_1000;                                   // I010 I000 I030 I041
        int time = PlotBlockWriter.TimeOfDay(timeOfDay), period = Period(rotationSeconds);
        return
        [
            34, 0, 12, specification, (byte)sac, (byte)sic, 1,
            (byte)(time >> 16), (byte)(time >> 8), (byte)time, (byte)(period >> 8), (byte)period,
        ];
    }

    /// <summary>The antenna enters a sector.</summary>
    /// <param name="timeOfDay">Seconds since midnight UTC.</param>
    /// <param name="sector">The azimuth in 256ths of a turn.</param>
    /// <param name="rotationSeconds">Antenna rotation period; up to 512 s.</param>
    public static byte[] SectorCrossing(int sac, int sic, double timeOfDay, int sector, double rotationSeconds)
    {
        const byte specification = 0b1111_1000;                                   // I010 I000 I030 I020 I041
        int time = PlotBlockWriter.TimeOfDay(timeOfDay), period = Period(rotationSeconds);
        return
        [
            34, 0, 13, specification, (byte)sac, (byte)sic, 2,
            (byte)(time >> 16), (byte)(time >> 8), (byte)time, (byte)sector, (byte)(period >> 8), (byte)period,
        ];
    }

    static int Period(double seconds)
    {
        double units = Math.Round(seconds * 128);
        Invariant.Require(units is >= 0 and < 65536, "an antenna turns within 512 s");
        return (int)units;
    }
}

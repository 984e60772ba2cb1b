namespace Nadhir.Tracking.Registration;

/// <summary>
/// One measurement in a track's window, on the plane, with what a systematic error of its sensor does to it.
/// </summary>
struct WindowPlot
{
    /// <summary>Index among the compared sensors.</summary>
    public int Place;
    /// <summary>Seconds by the sensor's clock, uncorrected.</summary>
    public double Time;
    /// <summary>Plane position, uncorrected, metres.</summary>
    public double X, Y;
    /// <summary>Shift of the position by one metre of range error.</summary>
    public double RangeX, RangeY;
    /// <summary>Shift of the position by one radian of azimuth error; zero for self-reported positions.</summary>
    public double AzimuthX, AzimuthY;
    /// <summary>Covariance of the random error.</summary>
    public double Xx, Xy, Yy;
}

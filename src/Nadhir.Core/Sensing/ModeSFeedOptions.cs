namespace Nadhir.Sensing;

/// <summary>
/// How frames of Mode S are read: part of what the watch decides with, since a record is decoded again.
/// </summary>
/// <param name="Repairs">
/// One wrong bit of DF 17 and 18 is put right, where the parity names it. Without it such a message is reported and
/// passed over: fewer positions from far away, and none that a repair could have made up.
/// </param>
/// <param name="RangeFactor">
/// A first position is believed within so many times the sensor's range. Default 1.5: what a receiver is said to cover
/// is less than what it hears at its best.
/// </param>
public sealed record ModeSFeedOptions(bool Repairs = true, double RangeFactor = 1.5);

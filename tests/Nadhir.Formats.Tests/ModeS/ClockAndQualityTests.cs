using CsCheck;
using Nadhir.Formats.ModeS;

namespace Nadhir.Formats.Tests.ModeS;

public sealed class ClockAndQualityTests
{
    [Fact]
    public void Whatever_a_counter_says_a_time_is_never_after_the_arrival_nor_long_before_it() =>
        Gen.Select(Gen.OneOf(Gen.ULong[0, 0xFFFF_FFFF_FFFF], Gen.ULong[1, 100_000_000]), Gen.Long[0, 10_000_000]).Array[1, 40].Sample(messages =>
        {
            ReceiverClock clock = default;
            long arrived = Receivers.Noon.UtcTicks;
            foreach ((ulong counter, long later) in messages)
            {
                arrived += later;
                Assert.InRange(arrived - clock.TicksOf(counter, arrived), 0, ReceiverClock.MostDelay);
            }
        }, iter: 20_000);

    [Fact]
    public void Delays_of_the_network_are_taken_out_by_a_steady_counter()
    {
        ReceiverClock clock = default;
        Random random = new(12);
        long begin = Receivers.Noon.UtcTicks, worst = 0;
        for (int i = 0; i < 2_000; i++)
        {
            long onAir = i * 50_000L, delay = random.Next(0, 3_000_000);
            long told = clock.TicksOf((ulong)(onAir * 12 / 10) + 1_000_000, begin + onAir + delay);
            if (i > 1_000) worst = Math.Max(worst, Math.Abs(told - begin - onAir));
        }

        // Delays of up to 0.3 s: what is left is the least delay there was.
        Assert.InRange(worst, 0, 100_000);
    }

    [Fact]
    public void A_counter_disciplined_by_GPS_does_not_fit_and_the_arrival_is_the_time()
    {
        ReceiverClock clock = default;
        long arrived = Receivers.Noon.UtcTicks;
        for (int i = 0; i < 1_000; i++, arrived += 37_000)
        {
            // Seconds of the day in the high 18 bits, nanoseconds in the low 30.
            ulong counter = ((ulong)(43_200 + (i * 3_700 / 1_000_000)) << 30) | ((ulong)i * 3_700_000 % 1_000_000_000);
            Assert.Equal(arrived, clock.TicksOf(counter, arrived));
        }
    }

    [Theory]
    [InlineData(9, false, false, 11)]
    [InlineData(11, true, true, 9)]
    [InlineData(11, false, false, 8)]
    [InlineData(13, false, true, 6)]
    [InlineData(16, true, true, 3)]
    [InlineData(16, false, false, 2)]
    [InlineData(18, true, true, 0)]
    [InlineData(20, false, false, 11)]
    [InlineData(22, false, false, 0)]
    public void NIC_follows_from_type_and_supplements(int typeCode, bool a, bool b, int category)
    {
        AircraftState state = AircraftState.New;
        (state.Version, state.SupplementA) = (2, a);
        Assert.Equal(category, PositionQuality.Integrity(typeCode, state, b));
    }

    [Fact]
    public void NACp_counts_before_the_type_and_the_type_is_read_by_version()
    {
        AircraftState state = AircraftState.New;
        Assert.Equal(185.2 / 2.4477, PositionQuality.SigmaMetres(state, 12, supplementB: false), 0.01);
        state.Version = 2;
        Assert.Equal(0.2 * 1852 / 2.4477, PositionQuality.SigmaMetres(state, 12, supplementB: false), 0.01);
        (state.PositionAccuracy, state.QualityAt) = (10, 0);
        Assert.Equal(10 / 2.4477, PositionQuality.SigmaMetres(state, 12, supplementB: false), 0.01);
        state.PositionAccuracy = 0;
        Assert.True(double.IsNaN(PositionQuality.SigmaMetres(state, 18, supplementB: false)));
    }
}

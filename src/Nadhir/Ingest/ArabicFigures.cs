using System.Collections.Frozen;
using System.Globalization;

namespace Nadhir.Ingest;

/// <summary>Numbers of Arabic reports, in either digits and in words, and which of them count the dead and the hurt.</summary>
static class ArabicFigures
{
    const int Reach = 3;

    static readonly FrozenDictionary<string, int> units = Table(
        "واحد 1 واحدة 1 اثنان 2 اثنين 2 اثنتان 2 اثنتين 2 ثلاثة 3 ثلاث 3 اربعة 4 اربع 4 خمسة 5 خمس 5 ستة 6 ست 6 سبعة 7 سبع 7 ثمانية 8 ثماني 8 ثمان 8 "
        + "تسعة 9 تسع 9 عشرة 10 عشر 10");

    static readonly FrozenDictionary<string, int> tens = Table(
        "عشرون 20 عشرين 20 ثلاثون 30 ثلاثين 30 اربعون 40 اربعين 40 خمسون 50 خمسين 50 ستون 60 ستين 60 سبعون 70 سبعين 70 ثمانون 80 ثمانين 80 تسعون 90 تسعين 90");

    static readonly FrozenDictionary<string, int> whole = Table("مئة 100 مائة 100 مئتان 200 مئتين 200 مائتين 200 الف 1000 الفان 2000 الفين 2000");
    static readonly FrozenDictionary<string, bool> pairs = new Dictionary<string, bool>(StringComparer.Ordinal)
    {
        ["قتيلان"] = true, ["قتيلين"] = true, ["جريحان"] = false, ["جريحين"] = false, ["مصابان"] = false,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenSet<string> two = WordSet.Of("شخصان شخصين مدنيان مدنيين جنديان جنديين عنصران عنصرين طفلان طفلين");
    static readonly FrozenSet<string> killed = WordSet.Of("مقتل بمقتل قتل قتلت قتلوا قتلى قتيل قتيلا استشهد استشهاد باستشهاد شهداء شهيد وفاة توفي مصرع");
    static readonly FrozenSet<string> injured = WordSet.Of("اصابة باصابة اصيب اصيبت اصيبوا جرح جرحى جريح جريحا مصاب مصابا مصابين بجروح");
    static readonly FrozenSet<string> ofTime = WordSet.Of("الساعة ساعة ساعات دقيقة دقائق يوم ايام يوما اسبوع اسابيع شهر اشهر عام سنة سنوات بتاريخ صباحا مساء ظهرا");

    public static (int? Killed, int? Injured, List<ClaimFigure> Others) Of(ArabicText text, int from, int to)
    {
        int? dead = null, hurt = null;
        List<ClaimFigure> others = [];
        for (int i = from; i < to; i++)
        {
            if (!text.IsWord(i)) continue;
            if (pairs.TryGetValue(ArabicWords.Bare(text[i], pairs.ContainsKey), out bool deadOnes))
            {
                if (deadOnes) dead ??= 2;
                else hurt ??= 2;
                continue;
            }

            (int end, int? number) = two.Contains(text[i]) ? (i + 1, 2) : Number(text, i, to);
            if (number is not { } many) continue;
            if (!IsOfTime(text, i, end, from, to))
                switch (Counts(text, i, end, from, to))
                {
                    case true: dead ??= many; break;
                    case false: hurt ??= many; break;
                    default:
                        if (many > 1 && end < to && text.IsWord(end) && text[end].Length > 2 && !two.Contains(text[i]) && others.Count < 20
                            && !text[end].StartsWith('و') && !Casualty(text[end]) && text[end] is not ("من" or "في" or "على" or "عن" or "اخرين" or "اخرون"))
                            others.Add(new(text.Report.Of(end, end + 1), many));
                        break;
                }

            i = end - 1;
        }

        return (dead, hurt, others);
    }

    /// <summary>"خمسة وعشرين", "١٢", "خمسة عشر": the number that begins here, and where it ends.</summary>
    public static (int End, int? Number) Number(ArabicText text, int i, int to)
    {
        string word = ArabicWords.Bare(text[i], IsNumber);
        if (word.Length is > 0 and < 8 && word.All(c => char.IsAsciiDigit(c) || c is ',' or '٬'))
            return (i + 1, int.Parse(word.Replace(",", "", StringComparison.Ordinal).Replace("٬", "", StringComparison.Ordinal), CultureInfo.InvariantCulture));
        if (whole.TryGetValue(word, out int many) || tens.TryGetValue(word, out many)) return (i + 1, many);
        if (word is "احد" or "احدى" && text.At(i + 1, to) is "عشر" or "عشرة") return (i + 2, 11);
        if (word is "اثنا" or "اثني" or "اثنتا" or "اثنتي" && text.At(i + 1, to) is "عشر" or "عشرة") return (i + 2, 12);
        if (!units.TryGetValue(word, out int unit)) return (i + 1, null);
        string next = text.At(i + 1, to);
        if (unit is > 2 and < 10 && next is "عشر" or "عشرة") return (i + 2, 10 + unit);
        if (unit < 10 && next.StartsWith('و') && tens.TryGetValue(next[1..], out int ten)) return (i + 2, ten + unit);
        return unit is > 2 and < 10 && next is "مئة" or "مائة" ? (i + 2, unit * 100)
            : unit is > 2 and <= 10 && next is "الاف" ? (i + 2, unit * 1000) : (i + 1, unit);
    }

    static bool IsNumber(string word) => units.ContainsKey(word) || tens.ContainsKey(word) || whole.ContainsKey(word)
        || (word.Length > 0 && char.IsAsciiDigit(word[0]));

    static bool Casualty(string word) => killed.Contains(word) || injured.Contains(word);

    /// <summary>
    /// True when it counts the dead, false the hurt, null neither: the nearest such word on its own side of an "and". Of
    /// "killed and wounded five" nobody can say how many of either.
    /// </summary>
    static bool? Counts(ArabicText text, int at, int end, int from, int to)
    {
        bool? found = null;
        int best = Reach + 1;
        for (int i = end, distance = 1; i < to && distance < best && text.IsWord(i) && !text[i].StartsWith('و'); i++, distance++)
            if (Casualty(text[i])) (found, best) = (killed.Contains(text[i]), distance);
        bool joined = IsNumber(text[at].Length > 1 ? text[at][1..] : "") && text[at].StartsWith('و') && !IsNumber(text[at]);
        for (int i = at - 1, distance = 1; !joined && i >= from && distance < best && text.IsWord(i); i--, distance++)
        {
            string word = ArabicWords.Bare(text[i], Casualty);
            if (Casualty(word))
            {
                if (word != text[i] && i > from && Casualty(ArabicWords.Bare(text[i - 1], Casualty)) && !IsCounted(text, i - 1, from)) return null;
                (found, best) = (killed.Contains(word), distance);
            }

            if (text[i].StartsWith('و')) break;
        }

        return found;
    }

    /// <summary>"أربعة أشخاص قتلوا": the word has its own number before it; "وقتل" begins anew and has none there.</summary>
    static bool IsCounted(ArabicText text, int at, int from)
    {
        if (!Casualty(text[at])) return false;
        for (int i = at - 1; i >= from && i >= at - Reach && text.IsWord(i); i--)
            if (two.Contains(text[i]) || IsNumber(ArabicWords.Bare(text[i], IsNumber))) return true;
        return false;
    }

    static bool IsOfTime(ArabicText text, int i, int end, int from, int to) =>
        (i > from && ofTime.Contains(text[i - 1])) || ofTime.Contains(text.At(end, to)) || ArabicTimes.Month(text, end, to) is not null;

    static FrozenDictionary<string, int> Table(string words) => words.Split(' ').Chunk(2)
        .ToFrozenDictionary(pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
}

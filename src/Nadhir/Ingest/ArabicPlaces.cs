using System.Collections.Frozen;

namespace Nadhir.Ingest;

/// <summary>Places and kinds of what Arabic reports tell: only what is called a place by its own word, or lies north of one.</summary>
static class ArabicPlaces
{
    static readonly FrozenSet<string> heads = WordSet.Of("محافظة مدينة قضاء ناحية منطقة قرية بلدة حي قاعدة مطار ميناء جسر");
    static readonly FrozenSet<string> winds = WordSet.Of("شمال جنوب شرق غرب شمالي جنوبي شرقي غربي قرب");
    static readonly FrozenSet<string> noNames = WordSet.Of("في من على الى عن امس اليوم ان انه كانت كان قد لم بعد قبل خلال مساء صباح فجر ليل و خالية سكنية زراعية صناعية صحراوية نائية حدودية قريبة مجاورة");

    public static string? Of(ArabicText text, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            if (!text.IsWord(i)) continue;
            bool wind = winds.Contains(text[i]), prefixed = text[i].StartsWith('ب') && heads.Contains(text[i][1..]);
            int head = wind ? i + 1 : i;
            bool named = heads.Contains(text.At(head, to)) || (prefixed && !wind);
            int name = named ? head + 1 : head;
            if ((!named && !wind) || name >= to || !text.IsWord(name) || noNames.Contains(text[name])) continue;
            int end = name + 1;
            // "عين الأسد", "جرف الصخر": the second word has the article and the first has not.
            if (end < to && text.IsWord(end) && !text[name].StartsWith("ال", StringComparison.Ordinal) && text[end].StartsWith("ال", StringComparison.Ordinal)
                && ArabicWords.Plain(text[end]) is not ("اليوم" or "الاحد" or "الاثنين" or "الثلاثاء" or "الاربعاء" or "الخميس" or "الجمعة" or "السبت")) end++;
            string place = text.Report.Of(i, end);
            return prefixed && !wind ? place[1..] : place;
        }

        return null;
    }

    static readonly (string Kind, string[] Beginnings)[] kinds =
    [
        ("responsibility", ["مسؤولية", "المسؤولية", "محاسبة"]), ("legal_basis", ["تفويض", "التفويض", "اتفاقية", "الاتفاقية", "معاهدة"]),
        ("casualty", ["قتلى", "جرحى", "ضحايا", "مصابين", "اصابات"]),
        ("means", ["طائرة", "طائرات", "طائرتان", "طائرتين", "مسيرة", "صاروخ", "صواريخ", "مروحية"]),
        ("measure", ["انذار", "الانذار", "اغلاق", "اخلاء", "صافرات", "تشديد", "نشر", "اغلق", "اخلت"]), ("threat_perception", ["خشية", "تخوف", "تهديد", "تحسبا"]),
        ("event", ["هجوم", "الهجوم", "قصف", "القصف", "انفجار", "انفجارات", "انفجارين", "غارة", "سقط", "سقوط"]),
        ("intent", ["سوف", "سيتخذ", "ستتخذ", "تعتزم", "يعتزم", "ستعود", "سيعود"]), ("assessment", ["قد", "ربما", "يرجح", "يحتمل"]),
        ("activity", ["بحث", "ناقش", "اجتمع", "زار", "اصدر", "عقد"]),
    ];

    public static string Kind(ArabicText text, int from, int to, bool casualties)
    {
        if (casualties) return "casualty";
        HashSet<string> words = new(StringComparer.Ordinal);
        for (int i = from; i < to; i++) words.UnionWith([text[i], text[i].TrimStart('و')]);
        return kinds.FirstOrDefault(kind => kind.Beginnings.Any(words.Contains)).Kind ?? "statement";
    }
}

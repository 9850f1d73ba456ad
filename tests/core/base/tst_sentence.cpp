// SPDX-License-Identifier: GPL-3.0-or-later
// A sentence is English as text and translated for the window, however it was put together; and
// lupdate finds every one of them.

#include "core/base/result.h"
#include "core/base/sentence.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;
using namespace queuedeck::base;

namespace {

/// Translates each sentence into itself in brackets.
class Brackets : public QTranslator
{
public:
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* source, const char*, int) const override
    {
        if (!QByteArrayView(context).endsWith("Sentence"))
            return {};
        return u'[' + QString::fromUtf8(source) + u']';
    }
};

class TestSentence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(QCoreApplication::installTranslator(&m_brackets)); }
    void cleanup() { QCoreApplication::removeTranslator(&m_brackets); }

    void isEnglishAsText();
    void translatesWhatIsOurs();
    void translatesItsArguments();
    void takesNoArgumentForAPlaceholder();
    void fillsPlaceholdersInAnyOrder();
    void translatesJoinedSentencesOneByOne();
    void groupsNumbersByLocale();
    void keepsItsTranslationInAnError();
    void isFoundByLupdate();

private:
    Brackets m_brackets;
};

void TestSentence::isEnglishAsText()
{
    const QString text = Sentence::tr("There is no file %1.").arg(u"a.csv"_s);
    QCOMPARE(text, u"There is no file a.csv."_s);
}

void TestSentence::translatesWhatIsOurs()
{
    QCOMPARE(Sentence::tr("Stopped.").translated(), u"[Stopped.]"_s);
    QCOMPARE(Sentence(u"said by a database"_s).translated(), u"said by a database"_s);
    QCOMPARE(Sentence().translated(), QString());
}

void TestSentence::translatesItsArguments()
{
    const Sentence inner = Sentence::tr("it is %1").arg(u"empty"_s);
    const Sentence outer = Sentence::tr("The file %1 cannot be read: %2.").arg(u"a"_s, inner);
    QCOMPARE(QString(outer), u"The file a cannot be read: it is empty."_s);
    QCOMPARE(outer.translated(), u"[The file a cannot be read: [it is empty].]"_s);
}

void TestSentence::takesNoArgumentForAPlaceholder()
{
    const Sentence sentence = Sentence::tr("%1 and %2").arg(u"%2"_s).arg(u"%1%L1"_s);
    QCOMPARE(QString(sentence), u"%2 and %1%L1"_s);
    QCOMPARE(sentence.translated(), u"[%2 and %1%L1]"_s);
    QCOMPARE(QString(Sentence::tr("100 % of %1").arg(7)), u"100 % of 7"_s);
}

void TestSentence::fillsPlaceholdersInAnyOrder()
{
    QCOMPARE(QString(Sentence::tr("%2 before %1, %2").arg(u"a"_s, u"b"_s)), u"b before a, b"_s);
}

void TestSentence::translatesJoinedSentencesOneByOne()
{
    Sentence sentence = Sentence::tr("Stopped.") + Sentence::tr(" Nothing was changed.");
    sentence += u" 42P01"_s;
    QCOMPARE(QString(sentence), u"Stopped. Nothing was changed. 42P01"_s);
    QCOMPARE(sentence.translated(), u"[Stopped.][ Nothing was changed.] 42P01"_s);
}

void TestSentence::groupsNumbersByLocale()
{
    const QLocale before;
    QLocale::setDefault(QLocale(QLocale::German));
    const Sentence sentence = Sentence::tr("%L1 jobs in %2").arg(12345).arg(12345);
    QCOMPARE(QString(sentence), u"12,345 jobs in 12345"_s);
    QCOMPARE(sentence.translated(), u"[12.345 jobs in 12345]"_s);
    QLocale::setDefault(before);
}

void TestSentence::keepsItsTranslationInAnError()
{
    const Result<int> result =
        fail(ErrorKind::Invalid, Sentence::tr("%1 is no number").arg(u"x"_s));
    QCOMPARE(result.error().detail.translated(), u"[x is no number]"_s);
}

// What lupdate does not find stays English for ever; so does what is in a context that is never
// asked for.
void TestSentence::isFoundByLupdate()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"all.ts"_s);
    QProcess lupdate;
    lupdate.setWorkingDirectory(QStringLiteral(QUEUEDECK_SOURCE_DIR));
    lupdate.start(QStringLiteral(QUEUEDECK_LUPDATE),
                  {u"-silent"_s, u"-I"_s, u"."_s, u"-extensions"_s, u"cpp,h"_s, u"core"_s, u"app"_s,
                   u"ui"_s, u"-ts"_s, file});
    QVERIFY(lupdate.waitForFinished(120000));
    QCOMPARE(lupdate.exitCode(), 0);

    QFile ts(file);
    QVERIFY(ts.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&ts);
    QString context;
    QHash<QString, int> found;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == "name"_L1)
            context = xml.readElementText();
        else if (xml.isStartElement() && xml.name() == "source"_L1 &&
                 context.endsWith("Sentence"_L1))
            ++found[xml.readElementText()];
    }

    static const QRegularExpression written(uR"(Sentence::tr\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+))"_s);
    static const QRegularExpression part(uR"re("((?:[^"\\]|\\.)*)")re"_s);
    int count = 0;
    QDirIterator files(QStringLiteral(QUEUEDECK_SOURCE_DIR "/core"), {u"*.cpp"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile source(files.next());
        QVERIFY(source.open(QIODevice::ReadOnly));
        for (auto each = written.globalMatch(QString::fromUtf8(source.readAll()));
             each.hasNext();) {
            QString text;
            for (auto parts = part.globalMatch(each.next().captured(1)); parts.hasNext();)
                text += parts.next().captured(1);
            text.replace(u"\\\""_s, u"\""_s).replace(u"\\n"_s, u"\n"_s).replace(u"\\\\"_s, u"\\"_s);
            QVERIFY2(found.contains(text), qPrintable(source.fileName() + u": "_s + text));
            ++count;
        }
    }
    QVERIFY2(count > 500, qPrintable(QString::number(count)));
}

} // namespace

QTEST_GUILESS_MAIN(TestSentence)
#include "tst_sentence.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// A payload of any size and shape: the window stays responsive while it is laid out, shown,
// recoloured and removed; and its colours are those of the theme.
#include "ui/jobdetail/payloadtext.h"
#include "ui/jobdetail/payloadview.h"
#include "ui/widgets/theme.h"

#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace queuedeck::ui;

namespace {

// Laying out everything at once takes a second. A slice takes at most 50 ms of a quiet machine; a
// loaded one computes more slowly, too.
constexpr double kMostMs = 150;

/// The longest time that this thread worked between two ticks of a timer. Measured in its own CPU
/// time, so that other programs on this machine do not count.
class Gaps : public QObject
{
public:
    Gaps()
        : m_last(now())
    {
        m_timer.setInterval(0);
        connect(&m_timer, &QTimer::timeout, this, [this] { tick(); });
        m_timer.start();
    }
    double longestMs() const { return m_longest; }
    void tick()
    {
        const double at = now();
        m_longest = qMax(m_longest, at - m_last);
        m_last = at;
    }

private:
    static double now()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    }
    QTimer m_timer;
    double m_last;
    double m_longest = 0;
};

QByteArray filled(const QByteArray& start, const QByteArray& part, const QByteArray& end,
                  qsizetype size)
{
    return start + part.repeated(size / part.size()) + end;
}

} // namespace

class TestPayloadView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Appearance::instance().install(*qApp, ThemeChoice::Light); }

    void theWindowStaysAlive_data()
    {
        QTest::addColumn<QByteArray>("json");
        for (const qsizetype size : {2'400'000, 20'000'000}) {
            const auto row = [size](const char* name, const QByteArray& json) {
                QTest::addRow("%s, %lld MB", name, size / 1'000'000) << json;
            };
            row("a picture", filled("{\"image\":\"", "iVBORw0KGgo", "\"}", size));
            row("not JSON", filled("{", "no json at all ", "", size));
            if (size > 10'000'000)
                continue; // the same for every other shape, only longer
            row("numbers", filled("{\"rows\":[", "12345678,", "0]}", size));
            row("objects", filled("[", R"({"id":17,"name":"Ada","ok":true},)", "0]", size));
            row("open brackets", filled("", "[", "", size));
            row("escapes", filled("[\"", "\\u00e4\\n", "\"]", size));
            row("one digit string", filled("[", "1", "]", size));
        }
    }
    void theWindowStaysAlive()
    {
        QFETCH(QByteArray, json);
        PayloadView view;
        view.resize(436, 500);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        auto* text = view.findChild<PayloadText*>();
        auto* openAll = view.findChild<QPushButton*>(u"openAll"_s);
        Gaps gaps;
        const auto isShown = [&] { return !view.validity().isEmpty() && text->isWhole(); };

        view.setPayload(u"report_generation"_s, json);
        QTRY_VERIFY_WITH_TIMEOUT(isShown(), 60'000);
        const double opened = gaps.longestMs();
        QVERIFY(openAll->isVisible());
        const qsizetype part = text->blockCount();
        openAll->click();
        QTRY_VERIFY_WITH_TIMEOUT(text->blockCount() > part && text->isWhole(), 60'000);
        QVERIFY(!openAll->isVisible());
        const double all = gaps.longestMs();
        text->verticalScrollBar()->setValue(text->verticalScrollBar()->maximum());
        QTest::qWait(50);
        const double scrolled = gaps.longestMs();
        view.setPayload(u"report_generation"_s, "{}");
        // Not view.text(): that would join all lines into one text.
        QTRY_COMPARE_WITH_TIMEOUT(text->blockCount(), 1, 60'000);
        QCOMPARE(view.text(), u"{}"_s);
        QTest::qWait(300);
        gaps.tick();
        qInfo("longest gap %.0f ms (opened %.0f, all %.0f, scrolled %.0f)", gaps.longestMs(),
              opened, all, scrolled);
        QVERIFY2(gaps.longestMs() < kMostMs, qPrintable(QString::number(gaps.longestMs())));
    }

    void theColoursAreOfTheTheme()
    {
        PayloadView view;
        view.resize(436, 500);
        view.show();
        view.setPayload(u"report_generation"_s,
                        filled("[", R"({"id":17,"name":"Ada","ok":true},)", "0]", 150'000));
        auto* text = view.findChild<PayloadText*>();
        QTRY_VERIFY(!view.validity().isEmpty() && text->isWhole());
        const auto inks = [text](int row) {
            QList<QColor> colors;
            for (const auto& range : text->document()->findBlockByNumber(row).layout()->formats())
                colors += range.format.foreground().color();
            return colors;
        };
        const int last = text->blockCount() - 2;
        for (const ThemeChoice choice :
             {ThemeChoice::Dark, ThemeChoice::HighContrast, ThemeChoice::Light}) {
            Gaps gaps;
            Appearance::instance().choose(choice);
            QTRY_VERIFY(inks(2).contains(tokenColor(Color::CodeKey)));
            QTRY_VERIFY(inks(last - 2).contains(tokenColor(Color::CodeKey)));
            QVERIFY2(gaps.longestMs() < kMostMs, qPrintable(QString::number(gaps.longestMs())));
        }
    }
};

QTEST_MAIN(TestPayloadView)
#include "tst_payloadview.moc"

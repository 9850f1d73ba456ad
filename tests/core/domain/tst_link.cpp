// SPDX-License-Identifier: GPL-3.0-or-later
// Links come from anywhere: they show a place, or say why they cannot.
#include "core/domain/link.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

class TestLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBack_data();
    void comesBack();
    void refused_data();
    void refused();
    void anythingIsALinkOrASentence();
};

void TestLink::comesBack_data()
{
    QTest::addColumn<QString>("connection");
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("job");
    QTest::addColumn<QString>("filter");
    QTest::newRow("name") << u"leora"_s << QString() << QString() << QString();
    QTest::newRow("page") << u"leora"_s << u"scans"_s << QString() << QString();
    QTest::newRow("job") << u"a & b = c%20+ d?#/"_s << u"jobs"_s << u"019aa1f2+&=%"_s << QString();
    QTest::newRow("filter") << u"\u00e4 \U0001f600"_s << u"jobs"_s << QString()
                            << u"status:failed error:\"a + b & c = 100%\" -type:x"_s;
}

void TestLink::comesBack()
{
    QFETCH(QString, connection);
    QFETCH(QString, page);
    QFETCH(QString, job);
    QFETCH(QString, filter);
    const Link link{connection, page, job, filter};
    const auto read = linkFrom(linkText(link));
    QVERIFY2(read, qPrintable(read ? QString() : QString(read.error().detail)));
    QCOMPARE(*read, link);
    QVERIFY(isLink(linkText(link)));
}

void TestLink::refused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QString& text, const QString& says) {
        QTest::newRow(name) << text << says;
    };
    row("empty", u""_s, u"begins with queuedeck://"_s);
    row("other scheme", u"https://open?connection=a"_s, u"begins with queuedeck://"_s);
    row("other word", u"queuedeck://retry?connection=a"_s, u"queuedeck://open"_s);
    row("path", u"queuedeck://open/retry?connection=a"_s, u"queuedeck://open"_s);
    row("password", u"queuedeck://u:p@open?connection=a"_s, u"queuedeck://open"_s);
    row("none", u"queuedeck://open"_s, u"names no connection"_s);
    row("action", u"queuedeck://open?connection=a&action=delete"_s, u"\"action\""_s);
    row("address", u"queuedeck://open?db=postgresql://x"_s, u"\"db\""_s);
    row("twice", u"queuedeck://open?connection=a&connection=b"_s, u"twice"_s);
    row("page", u"queuedeck://open?connection=a&page=settings"_s, u"no page"_s);
    row("job elsewhere", u"queuedeck://open?connection=a&page=engine&job=1"_s, u"page jobs"_s);
    row("both", u"queuedeck://open?connection=a&job=1&filter=type:x"_s, u"one of them"_s);
    row("filter", u"queuedeck://open?connection=a&filter=attempts%3E%3D"_s, u"mistake"_s);
    row("controls", u"queuedeck://open?connection=a%1b%5b31m"_s, u"cannot be seen"_s);
    row("long", u"queuedeck://open?connection="_s + QString(50'000, u'a'), u"longer"_s);
}

void TestLink::refused()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const auto link = linkFrom(text);
    QVERIFY(!link);
    QVERIFY2(link.error().detail.contains(says), qPrintable(link.error().detail));
    QVERIFY(link.error().detail.size() < 400);
}

void TestLink::anythingIsALinkOrASentence()
{
    QRandomGenerator random(3);
    const QString letters =
        u"queuedeck://open?connection=a&page=jobs&filter=:%20#x"_s + QChar(0) + QChar(0xd800);
    for (int round = 0; round < 5'000; ++round) {
        QString text = u"queuedeck://open?connection=a&page=jobs&filter=status:failed"_s;
        for (int n = int(random.bounded(8)); n >= 0; --n)
            text.replace(random.bounded(text.size()), 1 + random.bounded(2),
                         letters.mid(random.bounded(letters.size()), random.bounded(4)));
        if (const auto link = linkFrom(text)) {
            QVERIFY(!link->connection.isEmpty());
            QCOMPARE(*linkFrom(linkText(*link)), *link);
        }
    }
}

QTEST_GUILESS_MAIN(TestLink)
#include "tst_link.moc"

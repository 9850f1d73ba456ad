// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jobfilter.h"
#include "core/domain/viewfile.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

namespace {
QByteArray json(const char* text)
{
    return QByteArray(text).replace('\'', '"');
}
} // namespace

class TestViewFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsReadAgain()
    {
        ViewFile file;
        file.views = {{.id = u"1"_s,
                       .name = u"Timeouts, “last” 2 days"_s,
                       .query = u"error:\"timeout\" age<2d"_s,
                       .connection = u"0123"_s,
                       .columns = {u"0:112:0"_s, u"3:64:1"_s},
                       .interval = 5,
                       .isCounted = false},
                      {.id = u"2"_s, .name = u"All"_s, .query = {}}};
        const auto read = viewsFromJson(viewsToJson(file));
        QVERIFY(read.has_value());
        QCOMPARE(read->views, file.views);
    }

    void unknownThingsStay()
    {
        const QByteArray bytes =
            json("{'version': 1, 'theme': 'x', 'views': [ "
                 "{'id': '1', 'name': 'A', 'query': 'status:failed', 'alertAbove': 5}, "
                 "{'name': 'broken', 'query': 'status:('}, 7, {'query': 'x'}]}");
        const auto read = viewsFromJson(bytes);
        QVERIFY(read.has_value());
        QCOMPARE(read->views.size(), 1);
        QCOMPARE(read->unreadable.size(), 3);
        QVERIFY(read->views.front().isCounted);
        const QByteArray again = viewsToJson(*read);
        QVERIFY(again.contains("alertAbove") && again.contains("theme") &&
                again.contains("broken"));
    }

    void whatIsNoSuchFileIsRefused()
    {
        for (const char* bytes : {"", "{", "[]", "{}", "{'version': 1}", "{'views': []}",
                                  "{'version': 0, 'views': []}"})
            QVERIFY2(!viewsFromJson(json(bytes)), bytes);
        const auto newer = viewsFromJson(json("{'version': 2, 'views': []}"));
        QVERIFY(newer && newer->isNewer());
    }

    void aPresetCannotBeSmuggledIn()
    {
        const auto read = viewsFromJson(
            json("{'version': 1, 'views': [{'id': 'preset-x', 'name': 'A', 'query': ''}]}"));
        QVERIFY(read && !read->views.front().isPreset());
    }

    void presetsAreValid()
    {
        for (const SavedView& view : presetViews()) {
            QVERIFY(view.isPreset());
            QVERIFY2(JobFilter::parse(view.query).has_value(), qPrintable(view.query));
        }
        const auto views = viewsFor({{.id = u"1"_s, .name = u"Mine"_s, .connection = u"a"_s},
                                     {.id = u"2"_s, .name = u"Other"_s, .connection = u"b"_s},
                                     {.id = u"3"_s, .name = u"Every"_s}},
                                    u"a"_s);
        QCOMPARE(views.size(), presetViews().size() + 2);
        QVERIFY(findView(views, u"MINE"_s) && !findView(views, u"Other"_s));
    }

    void namesAreUniqueWhereTheyMeet()
    {
        const SavedViewList others{{.id = u"1"_s, .name = u"Mine"_s, .connection = u"a"_s}};
        QVERIFY(!viewNameProblem(u"mine"_s, u"a"_s, others).isEmpty());
        QVERIFY(!viewNameProblem(u"mine"_s, {}, others).isEmpty());
        QVERIFY(viewNameProblem(u"mine"_s, u"b"_s, others).isEmpty());
        for (const QString& name :
             {QString(), u"  "_s, u" x"_s, u"a\nb"_s, QString(81, u'x'), u"stuck"_s})
            QVERIFY2(!viewNameProblem(name, u"a"_s, {}).isEmpty(), qPrintable(name));
        QCOMPARE(freeViewName(u"Mine"_s, u"a"_s, others), u"Mine 2"_s);
    }
};

QTEST_GUILESS_MAIN(TestViewFile)
#include "tst_viewfile.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window on a database in which every text is malicious. What is shown is walked, widget
// by widget and cell by cell: no markup is rendered, no character is invisible.
#include "app/queuedeck/program.h"
#include "core/schedule/scheduler.h"
#include "core/store/jobstore.h"
#include "tests/support/sessions.h"
#include "tests/support/webserver.h"
#include "tests/support/windows.h"
#include "ui/jobs/jobspage.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/scans/scansmodel.h"
#include "ui/scans/uploaddialog.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/format.h"
#include "ui/widgets/sidebarmodel.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocument>
#include <QTextEdit>

using namespace Qt::StringLiterals;
using namespace queuedeck;

namespace {
// Markup, the end of a tooltip's markup, direction marks, zero width, tags, an escape sequence.
const QString kEvil = u"<img src=http://127.0.0.1:1/x></qt><b>B</b>&lt;\u202Egnp\u200B\U000E0041"
                      "\u001b[31m\u0085"_s;

// What is wrong with a text as it would be displayed; empty if nothing.
QString faultOf(const QString& text, bool mayBeRich)
{
    QString plain = text;
    if (mayBeRich && Qt::mightBeRichText(text)) {
        if (!text.startsWith("<qt>"_L1))
            return u"markup"_s;
        QTextDocument document;
        document.setHtml(text);
        if (document.toRawText().contains(QChar::ObjectReplacementCharacter))
            return u"a picture"_s;
        plain = document.toPlainText();
        if (text.contains("img"_L1) && !plain.contains("<img"_L1))
            return u"markup"_s;
    }
    for (QString line : plain.split(u'\n')) {
        line.remove(u'\t');
        if (ui::showControls(line) != line)
            return u"unseen characters"_s;
    }
    return {};
}

class Walk
{
public:
    QStringList faults;
    int evil = 0; ///< malicious texts found: the walk does see them

    void all()
    {
        for (QWidget* widget : QApplication::allWidgets())
            look(*widget);
    }

private:
    void judge(const QObject& owner, const char* what, const QString& text, bool mayBeRich)
    {
        evil += text.contains("img src"_L1) ? 1 : 0;
        const QString fault = faultOf(text, mayBeRich);
        if (!fault.isEmpty())
            faults += u"%1 %2, %3: %4: %5"_s.arg(
                QString::fromLatin1(owner.metaObject()->className()), owner.objectName(),
                QString::fromLatin1(what), fault, text.left(200));
    }
    void look(QWidget& widget)
    {
        judge(widget, "tooltip", widget.toolTip(), true);
        judge(widget, "status tip", widget.statusTip(), false);
        judge(widget, "what's this", widget.whatsThis(), true);
        judge(widget, "title", widget.windowTitle(), false);
        if (auto* label = qobject_cast<QLabel*>(&widget)) {
            if (label->textFormat() == Qt::RichText || label->textFormat() == Qt::MarkdownText)
                faults += u"a rich label: "_s + label->text();
            judge(widget, "label", label->text(), label->textFormat() == Qt::AutoText);
        }
        if (auto* button = qobject_cast<QAbstractButton*>(&widget))
            judge(widget, "button", button->text(), false);
        if (auto* group = qobject_cast<QGroupBox*>(&widget))
            judge(widget, "group", group->title(), false);
        if (auto* edit = qobject_cast<QPlainTextEdit*>(&widget); edit && edit->isReadOnly())
            judge(widget, "text", edit->toPlainText(), false);
        if (auto* edit = qobject_cast<QTextEdit*>(&widget))
            judge(widget, "text", edit->toPlainText(), false);
        if (auto* box = qobject_cast<QComboBox*>(&widget)) {
            for (int i = 0; i < box->count(); ++i)
                judge(widget, "item", box->itemText(i), false);
        }
        for (QAction* action : widget.actions()) {
            judge(widget, "action", action->text(), false);
            judge(widget, "action's tooltip", action->toolTip(), true);
        }
        if (auto* view = qobject_cast<QAbstractItemView*>(&widget); view && view->model())
            lookInto(*view);
    }
    // Roles that are shown or read aloud; the others are internal.
    static QList<int> rolesOf(const QAbstractItemModel& model)
    {
        QList<int> roles{Qt::DisplayRole, Qt::ToolTipRole, Qt::StatusTipRole,
                         Qt::AccessibleTextRole, Qt::AccessibleDescriptionRole};
        if (qobject_cast<const ui::SidebarModel*>(&model))
            roles += ui::SidebarModel::CountRole;
        else if (qobject_cast<const ui::ScansModel*>(&model))
            roles += {ui::ScansModel::KindRole, ui::ScansModel::AgeRole};
        else
            roles += ui::role::Note;
        return roles;
    }
    void lookInto(QAbstractItemView& view)
    {
        const QAbstractItemModel& model = *view.model();
        for (int row = 0; row < qMin(model.rowCount(), 50); ++row) {
            for (int column = 0; column < model.columnCount(); ++column) {
                const QModelIndex index = model.index(row, column);
                for (const int role : rolesOf(model)) {
                    const QVariant value = index.data(role);
                    if (value.metaType() == QMetaType::fromType<QString>())
                        judge(view,
                              qPrintable(u"cell %1,%2 role %3"_s.arg(row).arg(column).arg(role)),
                              value.toString(), role == Qt::ToolTipRole);
                }
            }
        }
    }
};
} // namespace

class TestWindowHostile : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<test::WebServer> m_web;
    std::unique_ptr<app::Program> m_program;

    static ui::MainWindow* window() { return test::mainWindow(); }
    static QAction* action(const QString& text) { return test::actionNamed(text); }
    void run(QSqlDatabase& database, const QString& statement, const QVariantList& values)
    {
        QSqlQuery query(database);
        QVERIFY(query.prepare(statement));
        for (const QVariant& value : values)
            query.addBindValue(value);
        QVERIFY2(query.exec(), qPrintable(query.lastError().text()));
    }
    void fill(const QString& path)
    {
        QVERIFY(store::JobStore::open(db::DatabaseUrl::sqliteFile(path), db::OpenMode::Create));
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"evil"_s);
            database.setDatabaseName(path);
            QVERIFY(database.open());
            const QString now = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
            const QString payload =
                u"{\"%1\":\"%1\",\"scanId\":\"%1\"}"_s.arg(u"<img src=x>\u202E\u200B"_s);
            for (const QString& status : {u"failed"_s, u"pending"_s, u"processing"_s, kEvil}) {
                run(database,
                    u"INSERT INTO \"Job\" (id, type, payload, status, attempts, error, "
                    u"\"createdAt\", "
                    "\"completedAt\") VALUES (?, ?, ?, ?, 3, ?, ?, ?)"_s,
                    {kEvil + status, kEvil, payload, status, kEvil + u'\n' + kEvil.repeated(20),
                     now, now});
                run(database,
                    u"INSERT INTO \"ImageScan\" (id, \"tenantId\", \"userId\", \"imageUrl\", "
                    "\"scanType\", \"extractedData\", status, \"errorMessage\", \"createdAt\") "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                    {kEvil + status, kEvil, kEvil, kEvil, kEvil,
                     u"{\"name\":\"<img src=x>\u202E\",\"<b>k</b>\u200B\":\"<img src=x>\u202E\"}"_s,
                     status, kEvil, now});
            }
            const qint64 ms = QDateTime::currentMSecsSinceEpoch();
            run(database, u"INSERT INTO queuedeck_engine VALUES (?, ?, 7, ?, ?, ?, ?)"_s,
                {kEvil, kEvil, kEvil, ms, ms, kEvil});
        }
        QSqlDatabase::removeDatabase(u"evil"_s);
        const auto session = tests::openAt(path);
        session->schedules().start();
        schedule::Schedule schedule;
        schedule.name = kEvil;
        schedule.cron = u"0 0 1 1 *"_s;
        schedule.work = schedule::CleanUpRound{};
        QVERIFY(session->schedules().save(schedule));
        session->schedules().flush();
    }
    void verifyWalk(const char* where)
    {
        Walk walk;
        walk.all();
        QVERIFY2(walk.faults.isEmpty(), qPrintable(QString::fromLatin1(where) + u":\n"_s +
                                                   walk.faults.mid(0, 20).join(u'\n')));
        m_evil += walk.evil;
    }
    int m_evil = 0;

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        ui::Appearance::instance().install(*qApp, ui::ThemeChoice::Light);
        m_home = std::make_unique<QTemporaryDir>();
        qputenv("QUEUEDECK_HOME", m_home->path().toUtf8());
        qputenv("XDG_CONFIG_HOME", m_home->path().toUtf8());
        const QByteArray answer =
            "{\"error\":\"" + QString(kEvil).replace(u'\u001b', u'e').toUtf8() + "\"}";
        m_web = std::make_unique<test::WebServer>(
            test::WebServer::always(test::WebServer::counted(500, "application/json", answer)));
        qputenv("QUEUEDECK_ENDPOINT_URL", m_web->url().toUtf8());
        qputenv("JOB_PROCESSOR_API_KEY", "a-key-that-is-long-enough-0123456789");
        // The most hostile file name possible.
        const QString path = m_home->filePath(u"<b>jobs\u202E\u200B.db"_s);
        fill(path);
        app::Options options;
        options.address = u"sqlite:"_s + path;
        m_program = std::make_unique<app::Program>(options);
        m_program->start();
        QVERIFY(QTest::qWaitForWindowExposed(window()));
        QTRY_VERIFY(window()->currentPage());
    }
    void cleanupTestCase()
    {
        m_program.reset();
        m_web.reset();
    }

    void everyPage_data()
    {
        QTest::addColumn<QString>("page");
        for (const auto& page :
             {u"overview"_s, u"jobs"_s, u"scans"_s, u"engine"_s, u"diagnostics"_s})
            QTest::newRow(qPrintable(page)) << page;
    }
    void everyPage()
    {
        QFETCH(QString, page);
        m_evil = 0;
        window()->showPage(page);
        QTest::qWait(800); // what it requested has arrived
        verifyWalk("page");
        // A page may replace a table when a row of another one is chosen.
        QList<QPointer<QAbstractItemView>> views;
        for (QAbstractItemView* view : window()->findChildren<QAbstractItemView*>())
            views += view;
        for (const QPointer<QAbstractItemView>& view : std::as_const(views)) {
            if (!view || !view->isVisible() || !view->model())
                continue;
            for (int row = 0; view && row < qMin(view->model()->rowCount(), 6); ++row) {
                view->setCurrentIndex(view->model()->index(row, 0));
                if (auto* jobs = qobject_cast<ui::JobsPage*>(window()->currentPage()))
                    jobs->openDetail();
                QTest::qWait(150);
                verifyWalk("row");
            }
        }
        QVERIFY2(m_evil > 3, "The walk saw nothing of it.");
    }

    void whatAServerAnswers()
    {
        m_evil = 0;
        window()->showPage(u"engine"_s);
        auto* trigger = window()->findChild<QPushButton*>(u"trigger"_s);
        QVERIFY(trigger);
        QTRY_VERIFY(trigger->isEnabled());
        trigger->click();
        QTRY_VERIFY(!m_web->requests().isEmpty());
        QTest::qWait(500);
        verifyWalk("answer");
        QVERIFY(m_evil > 0);
    }

    void dialogs_data()
    {
        QTest::addColumn<QString>("name");
        for (const auto& name :
             {u"Clean Up…"_s, u"Enqueue…"_s, u"Retry All That Match…"_s, u"Connect…"_s, u"Keys"_s,
              u"About Queuedeck"_s, u"Step One Job…"_s, u"Key of the Served Endpoint…"_s})
            QTest::newRow(qPrintable(name)) << name;
    }
    void dialogs()
    {
        QFETCH(QString, name);
        window()->showPage(u"jobs"_s);
        QTest::qWait(300);
        QVERIFY2(action(name), qPrintable(name));
        action(name)->trigger();
        QTest::qWait(500);
        verifyWalk("dialog");
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            if (auto* dialog = qobject_cast<QDialog*>(widget))
                dialog->close();
        }
    }

    void uploadedNames()
    {
        const QString name = m_home->filePath(u"<img src=x>\u202Egnp\u200B.jpg"_s);
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("no picture");
        file.close();
        action(u"Upload Card…"_s)->trigger();
        QTest::qWait(200);
        ui::UploadDialog* upload = nullptr;
        for (QWidget* widget : QApplication::allWidgets())
            upload = upload ? upload : qobject_cast<ui::UploadDialog*>(widget);
        QVERIFY(upload);
        m_evil = 0;
        upload->addFiles({name});
        QTest::qWait(600);
        verifyWalk("upload");
        QVERIFY(m_evil > 0);
        upload->close();
    }
};

QTEST_MAIN(TestWindowHostile)
#include "tst_window_hostile.moc"

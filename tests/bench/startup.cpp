// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/startup.h"

#include "app/queuedeck/program.h"
#include "core/store/jobstore.h"
#include "ui/actions/actionset.h"
#include "ui/jobs/jobspage.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace queuedeck::bench {

namespace {
constexpr int kJobs = 100'000;
constexpr int kDrained = 5'000;

qint64 msSinceLaunch()
{
    return QDateTime::currentMSecsSinceEpoch() - qEnvironmentVariable("QD_LAUNCHED").toLongLong();
}

int tell(const QJsonObject& figures)
{
    QTextStream(stdout) << QJsonDocument(figures).toJson(QJsonDocument::Compact) << Qt::endl;
    std::_Exit(0); // the measurement is complete
}

QJsonObject runChild(const QStringList& arguments)
{
    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QD_LAUNCHED"_s, QString::number(QDateTime::currentMSecsSinceEpoch()));
    child.setProcessEnvironment(environment);
    child.start(QCoreApplication::applicationFilePath(), arguments);
    child.waitForFinished(120'000);
    return QJsonDocument::fromJson(child.readAllStandardOutput()).object();
}

void fill(const QString& path, int jobs, const QString& type, const QByteArray& payload,
          domain::JobStatus status)
{
    const auto store =
        store::JobStore::open(db::DatabaseUrl::sqliteFile(path), db::OpenMode::Create);
    if (!store)
        qFatal("%s", qPrintable(store.error().detail));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QVector<domain::JobDetail> rows;
    for (int i = 0; i < jobs; ++i) {
        domain::JobDetail detail;
        detail.job.createdAt = now.addMSecs(-25'000LL * i);
        detail.job.id.value = domain::newUuid(detail.job.createdAt.toMSecsSinceEpoch());
        detail.job.type = type;
        detail.job.rawStatus = domain::statusText(status);
        detail.job.attempts = 0;
        detail.payload = payload;
        rows.push_back(detail);
    }
    if (const auto done = (*store)->additions.import(rows); !done)
        qFatal("%s", qPrintable(done.error().detail));
}

ui::MainWindow* window()
{
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (auto* found = qobject_cast<ui::MainWindow*>(widget))
            return found;
    }
    return nullptr;
}

// Measures the longest time in which the event loop did not run.
class GapWatch : public QObject
{
public:
    GapWatch()
    {
        m_timer.setInterval(1);
        connect(&m_timer, &QTimer::timeout, this,
                [this] { longest = std::max(longest, m_last.restart()); });
        m_last.start();
        m_timer.start();
    }
    qint64 longest = 0;

private:
    QTimer m_timer;
    QElapsedTimer m_last;
};
} // namespace

int measureEmpty()
{
    QWidget empty;
    empty.resize(1440, 900);
    empty.show();
    QTimer::singleShot(0, [] { tell({{u"ms"_s, msSinceLaunch()}}); });
    return QApplication::exec();
}

int measureWindow(const QString& address, bool isDraining)
{
    ui::Appearance::instance().install(*qApp, ui::ThemeChoice::Light);
    app::Options options;
    options.address = address;
    options.page = u"jobs"_s;
    app::Program program(options);
    program.start();
    qint64 firstRows = 0;
    std::unique_ptr<GapWatch> gaps;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, [&] {
        const auto* page = qobject_cast<ui::JobsPage*>(window()->currentPage());
        const auto* table = page ? page->findChild<ui::DataTable*>() : nullptr;
        if (!table || table->model()->rowCount() == 0)
            return;
        if (firstRows == 0) {
            window()->grab(); // painted, not only loaded
            firstRows = msSinceLaunch();
            if (!isDraining)
                tell({{u"ms"_s, firstRows}});
            gaps = std::make_unique<GapWatch>();
            for (QAction* action : window()->findChildren<QAction*>()) {
                if (action->text().remove(u'&') == u"Start Engine")
                    action->trigger();
            }
            QTimer::singleShot(8000, [&] { tell({{u"gapMs"_s, gaps->longest}}); });
        }
    });
    look.start(1);
    return QApplication::exec();
}

QJsonObject startup()
{
    const QTemporaryDir folder;
    const QString big = folder.filePath(u"big.db"_s);
    const QString draining = folder.filePath(u"draining.db"_s);
    fill(big, kJobs, u"customer_enrichment"_s, "{\"customerId\":\"c-17\"}",
         domain::JobStatus::Completed);
    fill(draining, kDrained, u"image_extraction"_s,
         "{\"scanId\":\"01a20984-0000-7000-8000-000000000001\",\"scanType\":\"business_card\","
         "\"imageUrl\":\"queuedeck-image:gone\"}",
         domain::JobStatus::Pending);
    runChild({u"--empty"_s}); // warm-up
    const qint64 empty = runChild({u"--empty"_s})[u"ms"_s].toInteger();
    const qint64 rows = runChild({u"--window"_s, u"sqlite:"_s + big})[u"ms"_s].toInteger();
    const qint64 gap = runChild({u"--drain"_s, u"sqlite:"_s + draining})[u"gapMs"_s].toInteger();
    return {{u"jobs"_s, kJobs},
            {u"emptyWindowMs"_s, empty},
            {u"firstRowsMs"_s, rows},
            {u"firstRowsToEmptyWindow"_s, double(rows) / double(std::max<qint64>(empty, 1))},
            {u"longestGapWhileDrainingMs"_s, gap}};
}

} // namespace queuedeck::bench

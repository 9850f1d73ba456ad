// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/jobdetailpane.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"
#include "core/service/engineservice.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "ui/jobdetail/attemptlist.h"
#include "ui/jobdetail/enrichmentview.h"
#include "ui/jobdetail/jobfacts.h"
#include "ui/jobdetail/jobhead.h"
#include "ui/jobdetail/payloadview.h"
#include "ui/jobdetail/progressline.h"
#include "ui/jobdetail/reportview.h"
#include "ui/jobdetail/scanview.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/stylepaint.h"

#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QTabBar>

namespace queuedeck::ui {
namespace {

constexpr int kErrorRows = 6;
constexpr int kErrorRowsCompact = 3;
constexpr auto kAges = std::chrono::seconds(5);

/// The tinted background of the error.
class ErrorGround : public QWidget
{
protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        paintBox(painter, rect(), tokenColor(Color::ErrorBg), Qt::transparent, 0);
    }
};

} // namespace

JobDetailPane::JobDetailPane(service::Session& session, ActionSet& actions, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_head(new JobHead(actions, session))
    , m_progress(new ProgressLine)
    , m_strip(new Strip)
    , m_facts(new JobFacts)
    , m_errorBox(new ErrorGround)
    , m_error(new QPlainTextEdit)
    , m_attempts(new AttemptList)
    , m_payload(new PayloadView)
    , m_scan(new ScanView(session))
    , m_report(new ReportView(session))
    , m_result(new PayloadView(PayloadView::Kind::Result))
    , m_enrichment(new EnrichmentView(session))
    , m_empty(new EmptyState)
{
    setAccessibleName(tr("Detail"));
    m_strip->setFlush(true);
    makeErrorBox();
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(m_head);
    all->addWidget(m_progress);
    all->addWidget(m_strip);
    all->addWidget(m_empty, 1);
    m_empty->show(Icon::Jobs, tr("No job is chosen."),
                  tr("Choose one in the table to see all there is to know about it."));
    connect(m_head, &JobHead::actionWanted, this,
            [this](domain::JobAction action) { Q_EMIT actionWanted(action, m_detail.job); });
    connect(m_head, &JobHead::editWanted, this, [this] { Q_EMIT editWanted(m_id); });
    connect(m_head, &JobHead::closeWanted, this, &JobDetailPane::closeWanted);
    connect(m_head, &JobHead::copied, this, &JobDetailPane::copied);
    connect(m_facts, &JobFacts::scanWanted, this, &JobDetailPane::scanWanted);
    connect(m_report, &ReportView::usedChanged, this,
            [this] { m_report->parentWidget()->setVisible(m_report->isUsed()); });
    connect(m_enrichment, &EnrichmentView::usedChanged, this,
            [this] { m_enrichment->parentWidget()->setVisible(m_enrichment->isUsed()); });
    connect(&session.changes(), &service::ChangeFeed::changed, this, &JobDetailPane::refresh);
    connect(&session.changes(), &service::ChangeFeed::lost, this, &JobDetailPane::showLost);
    connect(&session.changes(), &service::ChangeFeed::restored, this, &JobDetailPane::showLost);
    m_ages.setInterval(kAges);
    connect(&m_ages, &QTimer::timeout, this, &JobDetailPane::updateTimes);
    m_ages.start();
    arrangeTall();
    clear();
}

JobDetailPane::~JobDetailPane() = default;

void JobDetailPane::makeErrorBox()
{
    m_error->setObjectName(QStringLiteral("error"));
    m_error->setAccessibleName(tr("Error"));
    m_error->setReadOnly(true);
    m_error->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_error->setTabChangesFocus(true);
    m_error->setFrameShape(QFrame::NoFrame);
    m_error->setFont(textFont(TextRole::Mono));
    m_error->document()->setDocumentMargin(0);
    m_error->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_error->viewport()->setAutoFillBackground(false);
    m_error->setAutoFillBackground(false);
    m_error->viewport()->installEventFilter(this);
    auto* column = new QVBoxLayout(m_errorBox);
    column->setContentsMargins(px(10), px(space::kS), px(space::kXs), px(space::kS));
    column->addWidget(m_error);
}

QSize JobDetailPane::sizeHint() const
{
    return m_isCompact ? QSize(px(600), px(size::kDetailBelow)) : QSize(px(size::kDetail), px(600));
}

QString JobDetailPane::notice() const
{
    return m_strip->isHidden() ? QString() : m_strip->text();
}

void JobDetailPane::show(const domain::JobId& id)
{
    if (id.isEmpty()) {
        clear();
        return;
    }
    if (id != m_id) {
        clear();
        m_id = id;
        m_isReading = false;
    }
    read();
}

void JobDetailPane::showJob(const domain::JobId& id)
{
    if (!id.isEmpty())
        show(id);
}

void JobDetailPane::clear()
{
    m_id = {};
    m_detail = {};
    m_isLoaded = false;
    m_isGone = false;
    m_isStale = false;
    m_strip->hide();
    m_head->setOff({});
    m_facts->clear();
    m_error->clear();
    m_attempts->clear();
    m_payload->clear();
    m_scan->show(std::nullopt);
    m_report->clear();
    m_result->clear();
    m_progress->setProgress({});
    m_enrichment->clear();
    m_body->hide();
    m_empty->setVisible(true);
}

void JobDetailPane::refresh()
{
    if (!m_id.isEmpty())
        read();
}

void JobDetailPane::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        read();
}

void JobDetailPane::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closeWanted();
    else
        QWidget::keyPressEvent(event);
}

void JobDetailPane::read()
{
    if (!isVisible()) { // a hidden pane does not query the database
        m_isStale = true;
        return;
    }
    // One query at a time: changes that come meanwhile lead to one more query afterwards.
    if (m_isReading) {
        m_isStale = true;
        return;
    }
    m_isReading = true;
    m_isStale = false;
    async::deliver(m_session.jobs().job(m_id), this,
                   [this, asked = m_id](const base::Result<domain::JobDetail>& detail) {
                       if (asked != m_id)
                           return;
                       m_isReading = false;
                       if (detail)
                           loaded(*detail);
                       else
                           failed(detail.error());
                       if (m_isStale && isVisible())
                           read();
                   });
}

void JobDetailPane::loaded(const domain::JobDetail& detail)
{
    const bool isFirst = !m_isLoaded;
    const domain::JobDetail before = std::exchange(m_detail, detail);
    m_isLoaded = true;
    m_isGone = false;
    m_strip->hide();
    m_head->setJob(detail.job);
    showFacts();
    // Unchanged parts stay as they are, so that a scroll position or selection is not lost.
    if (isFirst || before.job.error != detail.job.error)
        showError();
    if (isFirst || before.history != detail.history || before.job.status != detail.job.status)
        m_attempts->setAttempts(detail);
    if (isFirst || before.payload != detail.payload || before.job.type != detail.job.type)
        m_payload->setPayload(detail.job.type, detail.payload);
    if (isFirst || before.result() != detail.result())
        m_result->setPayload({}, detail.result());
    m_progress->setProgress(detail.job.progress);
    m_scan->show(detail.scan);
    m_report->setJob(detail.job);
    m_report->parentWidget()->setVisible(m_report->isUsed());
    m_enrichment->setJob(detail.job);
    m_enrichment->parentWidget()->setVisible(m_enrichment->isUsed());
    m_empty->hide();
    m_body->show();
    if (m_tabs) {
        m_tabs->setTabText(1, detail.history.isEmpty()
                                  ? tr("Attempts")
                                  : tr("Attempts %1").arg(formatCount(detail.history.size())));
        m_tabs->setTabEnabled(2, detail.scan.has_value());
        m_tabs->setTabEnabled(3, !detail.result().isEmpty());
    } else {
        m_result->parentWidget()->setVisible(!detail.result().isEmpty());
        m_scan->parentWidget()->setVisible(detail.scan.has_value());
    }
}

// The outage itself is shown by the window.
void JobDetailPane::showLost()
{
    if (!m_isLoaded || m_isGone)
        return;
    m_strip->hide();
    m_head->setJob(m_detail.job);
}

void JobDetailPane::failed(const base::Error& error)
{
    if (error.kind == base::ErrorKind::NotFound) {
        m_isGone = true;
        const QString words =
            m_isLoaded ? tr("This job is not in the table any more. You see the last reading.")
                       : tr("This job is not in the table any more.");
        m_head->setOff(words);
        m_strip->say(Strip::Kind::Warning, words);
    } else if (error.kind != base::ErrorKind::Cancelled && !m_session.changes().isLost()) {
        m_strip->say(Strip::Kind::Error, errorLine(error));
    }
}

void JobDetailPane::showError()
{
    const QString& error = m_detail.job.error;
    m_errorBox->parentWidget()->setVisible(!error.isEmpty());
    QString shown;
    for (const QString& line : error.split(QLatin1Char('\n'))) {
        if (!shown.isEmpty())
            shown += QLatin1Char('\n');
        QString plain = line;
        shown += showControls(plain.remove(QLatin1Char('\r')));
    }
    m_error->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_error->setPlainText(shown);
    fitError();
}

// By the number of lines the text has at its width, known only once it is laid out.
void JobDetailPane::fitError()
{
    const int line = QFontMetrics(m_error->font()).lineSpacing();
    const int lines = qMax(1, qRound(m_error->document()->size().height()));
    const int rows = qMin(lines, m_isCompact ? kErrorRowsCompact : kErrorRows);
    // A scroll bar that appears for a moment would take width, and so add a line.
    m_error->setVerticalScrollBarPolicy(lines > rows ? Qt::ScrollBarAsNeeded
                                                     : Qt::ScrollBarAlwaysOff);
    m_error->setFixedHeight(rows * line + px(2));
}

bool JobDetailPane::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_error->viewport() && event->type() == QEvent::Resize)
        QTimer::singleShot(0, m_error, [this] { fitError(); }); // once its lines are laid out
    return QWidget::eventFilter(watched, event);
}

void JobDetailPane::showFacts()
{
    const bool isShared = m_session.info().mode != domain::QueueMode::Own;
    m_facts->setJob(m_detail, QDateTime::currentDateTimeUtc(), isShared,
                    m_session.engine().pictureReach());
}

void JobDetailPane::updateTimes()
{
    if (!m_isLoaded || !isVisible())
        return;
    showFacts();
    if (std::exchange(m_zone, timeZone()) != timeZone())
        m_attempts->setAttempts(m_detail);
}

void JobDetailPane::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), tokenColor(Color::Base));
}

} // namespace queuedeck::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/jobdetailpane.h"

#include "core/async/deliver.h"
#include "core/domain/payloadschema.h"
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "ui/actions/actionbutton.h"
#include "ui/actions/actionset.h"
#include "ui/jobdetail/attemptlist.h"
#include "ui/jobdetail/factgrid.h"
#include "ui/jobdetail/jsonview.h"
#include "ui/jobdetail/scanbox.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/strip.h"

#include <QBoxLayout>
#include <QScrollArea>

namespace queuedeck::ui {

namespace {
constexpr int kErrorLines = 6;
constexpr int kPayloadLines = 14;

QVBoxLayout* section(QVBoxLayout* column, QWidget* parent, QWidget** box)
{
    *box = new QWidget(parent);
    auto* rows = new QVBoxLayout(*box);
    rows->setContentsMargins(px(space::kL), px(space::kM), px(space::kL), px(space::kM));
    rows->setSpacing(px(space::kS));
    column->addWidget(*box);
    return rows;
}

int linesHeight(const QPlainTextEdit* edit, int lines)
{
    return QFontMetrics(edit->font()).lineSpacing() * lines + 2 * px(space::kS);
}
} // namespace

JobDetailPane::JobDetailPane(service::Session& session, ActionSet& actions, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_actions(actions)
{
    setAccessibleName(tr("Detail"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(new Hairline(Qt::Horizontal, this));
    column->addWidget(makeBody(), 1);
    connect(&session.changes(), &service::ChangeFeed::changed, this, &JobDetailPane::refresh);
}

QWidget* JobDetailPane::makeHead()
{
    auto* head = new QWidget(this);
    auto* rows = new QVBoxLayout(head);
    rows->setContentsMargins(px(space::kL), px(space::kM), px(space::kS), px(space::kM));
    rows->setSpacing(px(space::kS));

    auto* title = new QHBoxLayout;
    title->setSpacing(px(space::kS));
    m_mark = new QLabel(head);
    m_status = new Label({}, TextRole::Body, Color::Text, head);
    m_type = new ElidedLabel({}, TextRole::Title, Color::Text, head);
    auto* close = makeIconButton(Icon::Close, tr("Close the detail"), head);
    connect(close, &QToolButton::clicked, this, &JobDetailPane::closeWanted);
    title->addWidget(m_mark);
    title->addWidget(m_status);
    title->addWidget(m_type, 1);
    title->addWidget(close);

    auto* id = new QHBoxLayout;
    id->setSpacing(px(space::kXs));
    m_idText = new ElidedLabel({}, TextRole::Mono, Color::Text, head);
    m_idText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_copyId = new CopyButton(tr("Copy the id"), head);
    id->addWidget(m_idText, 1);
    id->addWidget(m_copyId);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(px(space::kS));
    for (const ActionId action : {ActionId::Retry, ActionId::RunNext, ActionId::Cancel}) {
        auto* button = new ActionButton(m_actions.action(action), head);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    rows->addLayout(title);
    rows->addLayout(id);
    rows->addLayout(buttons);
    return head;
}

QWidget* JobDetailPane::makeBody()
{
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* body = new QWidget(area);
    body->setAutoFillBackground(true);
    body->setBackgroundRole(QPalette::Base);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins({});
    column->setSpacing(0);
    m_strip = new Strip(body);
    m_strip->setFlush(true);
    column->addWidget(m_strip);

    QWidget* box = nullptr;
    m_facts = new FactGrid(body);
    section(column, body, &box)->addWidget(m_facts);
    column->addWidget(new Hairline(Qt::Horizontal, body));

    QVBoxLayout* error = section(column, body, &m_errorBox);
    error->addWidget(new Label(tr("Error"), TextRole::Strong, Color::Text, body));
    m_error = new QPlainTextEdit(body);
    m_error->setReadOnly(true);
    m_error->setAccessibleName(tr("Error"));
    m_error->setFont(textFont(TextRole::Mono));
    m_error->setMaximumHeight(linesHeight(m_error, kErrorLines));
    error->addWidget(m_error);

    QVBoxLayout* scan = section(column, body, &m_scanPart);
    scan->addWidget(new Label(tr("Scan"), TextRole::Strong, Color::Text, body));
    m_scan = new ScanBox(m_session.scans(), body);
    scan->addWidget(m_scan);

    QVBoxLayout* attempts = section(column, body, &box);
    m_attemptsHead = new Label(tr("Attempts"), TextRole::Strong, Color::Text, body);
    m_attempts = new AttemptList(body);
    attempts->addWidget(m_attemptsHead);
    attempts->addWidget(m_attempts);
    column->addWidget(new Hairline(Qt::Horizontal, body));

    QVBoxLayout* payload = section(column, body, &box);
    auto* payloadHead = new QHBoxLayout;
    m_payloadHead = new Label(tr("Payload"), TextRole::Strong, Color::Text, body);
    m_copyPayload = new CopyButton(tr("Copy the payload"), body);
    payloadHead->addWidget(m_payloadHead, 1);
    payloadHead->addWidget(m_copyPayload);
    m_payload = new JsonView(tr("Payload"), body);
    m_payload->setMinimumHeight(linesHeight(m_payload, kPayloadLines / 2));
    auto* openAll = makeButton(tr("Open All"), body, ButtonRole::Link);
    connect(openAll, &QPushButton::clicked, this, [this] {
        m_payload->openAll();
        m_openAll->hide();
    });
    m_openAll = openAll;
    m_verdict = new Label({}, TextRole::Small, Color::Muted, body);
    m_verdict->setWordWrap(true);
    payload->addLayout(payloadHead);
    payload->addWidget(m_payload, 1);
    payload->addWidget(openAll);
    payload->addWidget(m_verdict);
    column->addStretch();
    area->setWidget(body);
    return area;
}

void JobDetailPane::showJob(const domain::JobId& id)
{
    if (id == m_id)
        return;
    m_id = id;
    m_strip->hide();
    refresh();
}

void JobDetailPane::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        refresh();
}

void JobDetailPane::refresh()
{
    if (m_id.isEmpty())
        return;
    if (!isVisible()) { // a hidden pane asks no database
        m_isStale = true;
        return;
    }
    m_isStale = false;
    async::deliver(m_session.jobs().job(m_id), this,
                   [this, id = m_id](const base::Result<domain::JobDetail>& detail) {
                       if (id != m_id)
                           return;
                       if (detail) {
                           m_strip->hide();
                           fill(*detail);
                       } else if (detail.error().kind == base::ErrorKind::NotFound) {
                           m_strip->say(Strip::Kind::Warning,
                                        tr("This job is not in the table any more. You see the "
                                           "last reading."));
                       } else if (detail.error().kind != base::ErrorKind::Cancelled) {
                           m_strip->say(Strip::Kind::Error, errorLine(detail.error()));
                       }
                   });
}

void JobDetailPane::fill(const domain::JobDetail& detail)
{
    const domain::Job& job = detail.job;
    const Mark mark = markOf(job);
    m_mark->setPixmap(makeIcon(markIcon(mark), markColor(mark)).pixmap(px(size::kIcon)));
    m_status->setText(markWord(mark));
    m_status->setColor(markColor(mark));
    m_type->setText(showControls(job.type));
    m_idText->setText(job.id.value);
    m_copyId->setText(job.id.value);
    m_facts->show(detail);
    m_errorBox->setVisible(!job.error.isEmpty());
    if (m_error->toPlainText() != showControls(job.error).replace(QChar(0x240A), QChar(u'\n')))
        m_error->setPlainText(showControls(job.error).replace(QChar(0x240A), QChar(u'\n')));
    const int lines = std::clamp(int(job.error.count(u'\n')) + 2, 2, kErrorLines);
    m_error->setFixedHeight(linesHeight(m_error, lines));
    m_attemptsHead->setText(detail.history.isEmpty()
                                ? tr("Attempts")
                                : tr("Attempts  %1").arg(detail.history.size()));
    m_attempts->show(detail.history);
    m_scanPart->setVisible(detail.scan.has_value());
    if (detail.scan)
        m_scan->show(*detail.scan);
    showPayload(detail);
}

void JobDetailPane::showPayload(const domain::JobDetail& detail)
{
    m_payloadHead->setText(tr("Payload  %1").arg(formatBytes(detail.payload.size())));
    m_copyPayload->setText(QString::fromUtf8(detail.payload));
    m_payload->setJson(detail.payload);
    m_openAll->setVisible(m_payload->isCut());
    const auto checked = domain::checkPayload(detail.job.type, detail.payload);
    if (!checked) {
        m_verdict->setColor(Color::Failed);
        m_verdict->setText(checked.error().detail);
    } else {
        m_verdict->setColor(Color::Muted);
        m_verdict->setText(domain::payloadSchema(detail.job.type).isEmpty()
                               ? tr("This type has no schema here.")
                               : tr("Matches the schema of %1.").arg(detail.job.type));
    }
}

} // namespace queuedeck::ui

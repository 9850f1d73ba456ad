// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/payloadview.h"

#include "core/domain/payloadschema.h"
#include "ui/jobdetail/payloadcolors.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"

#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTextBlock>

namespace queuedeck::ui {
namespace {

/// A tick or a cross before the verdict; follows the theme.
class VerdictIcon : public QWidget
{
public:
    explicit VerdictIcon(const bool& isGood)
        : m_isGood(isGood)
    {
        setFixedSize(px(size::kStatusIcon), px(size::kStatusIcon));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        paintIcon(painter, rect(), m_isGood ? Icon::Check : Icon::Warning,
                  tokenColor(m_isGood ? Color::Completed : Color::Failed));
    }

private:
    const bool& m_isGood;
};

} // namespace

PayloadView::PayloadView(QWidget* parent)
    : QWidget(parent)
    , m_size(new Label({}, TextRole::Body, Color::Muted))
    , m_copy(new CopyButton(tr("Copy the payload")))
    , m_text(new QPlainTextEdit)
    , m_colors(new PayloadColors(m_text->document()))
    , m_openAll(makeButton(QString(), nullptr, ButtonRole::Link))
    , m_verdictIcon(new VerdictIcon(m_isGood))
    , m_verdict(new Label({}, TextRole::Small, Color::Muted))
{
    m_text->setObjectName(QStringLiteral("payload"));
    m_text->setAccessibleName(tr("Payload"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(textFont(TextRole::Mono));
    m_text->document()->setDocumentMargin(0);
    m_openAll->setObjectName(QStringLiteral("openAll"));
    m_verdict->setObjectName(QStringLiteral("verdict"));
    m_verdict->setWordWrap(true);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);

    m_headRow = new QWidget;
    m_head = new QHBoxLayout(m_headRow);
    m_head->setContentsMargins(0, 0, 0, 0);
    m_head->setSpacing(px(space::kS));
    m_head->addWidget(new Label(tr("Payload"), TextRole::Strong));
    m_head->addWidget(m_size);
    m_head->addStretch(1);
    m_head->addWidget(m_copy);
    m_foot = new QHBoxLayout;
    m_foot->setSpacing(px(space::kS));
    m_foot->addWidget(m_verdictIcon);
    m_foot->addWidget(m_verdict, 1);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(px(space::kXs));
    all->addWidget(m_headRow);
    all->addWidget(m_text);
    all->addWidget(m_openAll, 0, Qt::AlignLeft);
    all->addLayout(m_foot);
    connect(m_openAll, &QPushButton::clicked, this, [this] { print(-1); });
}

void PayloadView::setPayload(const QString& type, const QByteArray& json)
{
    m_json = json;
    m_size->setText(formatBytes(json.size()));
    m_copy->setText(QString::fromUtf8(json));
    print(kFirstBytes);
    judge(type);
}

void PayloadView::clear()
{
    m_json.clear();
    m_size->clear();
    m_copy->setText({});
    m_colors->setSpans({});
    m_text->clear();
    m_openAll->hide();
    m_verdict->clear();
    m_verdictIcon->hide();
}

void PayloadView::setCompact(bool compact)
{
    m_isCompact = compact;
    // The tab says what it is, and every line counts.
    m_headRow->setVisible(!compact);
    for (QWidget* part : QWidgetList{m_size, m_copy})
        part->setParent(nullptr);
    if (compact) {
        m_foot->addWidget(m_size);
        m_foot->addWidget(m_copy);
    } else {
        m_head->insertWidget(1, m_size);
        m_head->addWidget(m_copy);
    }
    m_size->show();
    m_copy->show();
    m_text->setHorizontalScrollBarPolicy(compact ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    m_text->setLineWrapMode(compact ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    m_text->setWordWrapMode(compact ? QTextOption::WrapAnywhere : QTextOption::NoWrap);
    fitHeight();
}

QString PayloadView::text() const
{
    return m_text->toPlainText();
}

QString PayloadView::verdict() const
{
    return m_verdict->text();
}

void PayloadView::print(qsizetype limit)
{
    const PrintedJson printed = printJson(m_json, limit);
    m_colors->setSpans(printed.spans);
    m_text->setPlainText(printed.text);
    m_openAll->setVisible(!printed.isWhole);
    m_openAll->setText(tr("Open all, %1").arg(formatBytes(m_json.size())));
    fitHeight();
}

void PayloadView::fitHeight()
{
    const int line = QFontMetrics(m_text->font()).lineSpacing();
    if (m_isCompact) {
        m_text->setMinimumHeight(2 * line);
        m_text->setMaximumHeight(QWIDGETSIZE_MAX);
        return;
    }
    const int rows = qBound(1, m_text->blockCount(), kRows);
    // The bar below is counted in: whether it comes depends on a width we do not have yet.
    m_text->setFixedHeight(rows * line + px(12) + px(space::kXs));
}

void PayloadView::judge(const QString& type)
{
    const auto checked = domain::checkPayload(type, m_json);
    m_isGood = checked.has_value();
    m_verdictIcon->show();
    m_verdictIcon->update();
    if (!checked)
        m_verdict->setText(checked.error().detail);
    else if (domain::payloadSchema(type).isEmpty())
        m_verdict->setText(tr("%1 has no schema here.").arg(showControls(type)));
    else
        m_verdict->setText(tr("Matches the schema of %1.").arg(showControls(type)));
}

} // namespace queuedeck::ui

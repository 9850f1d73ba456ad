// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/payloadview.h"

#include "core/async/deliver.h"
#include "core/domain/payloadschema.h"
#include "ui/jobdetail/payloadtext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"

#include <QPromise>
#include <QThreadPool>

namespace queuedeck::ui {
namespace {

/// A tick or a cross before the result of the check; follows the theme.
class ValidityIcon : public QWidget
{
public:
    ValidityIcon(const bool& isGood, const bool& isChecked)
        : m_isGood(isGood)
        , m_isChecked(isChecked)
    {
        setFixedSize(px(size::kStatusIcon), px(size::kStatusIcon));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        if (!m_isChecked)
            paintIcon(painter, rect(), Icon::Info, tokenColor(Color::Muted));
        else
            paintIcon(painter, rect(), m_isGood ? Icon::Check : Icon::Warning,
                      tokenColor(m_isGood ? Color::Completed : Color::Failed));
    }

private:
    const bool& m_isGood;
    const bool& m_isChecked;
};

QString validityOf(const QString& type, const base::Result<QJsonObject>& checked)
{
    if (!checked)
        return checked.error().detail.translated();
    return domain::payloadSchema(type).isEmpty()
               ? PayloadView::tr("%1 has no schema here.").arg(showControls(type))
               : PayloadView::tr("Matches the schema of %1.").arg(showControls(type));
}

} // namespace

/// What is computed from a payload off the GUI thread.
struct PayloadView::Reading
{
    PrintedJson printed;
    qsizetype limit = 0; ///< that was requested
    QString whole;       ///< as stored, to be copied
    QString validity;
    bool isGood = true;
    bool isChecked = false; ///< against a schema, or found not to be a JSON object
};

PayloadView::PayloadView(Kind kind, QWidget* parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_size(new Label({}, TextRole::Body, Color::Muted))
    , m_copy(new CopyButton(kind == Kind::Payload ? tr("Copy the payload") : tr("Copy the result")))
    , m_text(new PayloadText)
    , m_openAll(makeButton(QString(), nullptr, ButtonRole::Link))
    , m_validityIcon(new ValidityIcon(m_isGood, m_isChecked))
    , m_validity(new Label({}, TextRole::Small, Color::Muted))
{
    const QString title = kind == Kind::Payload ? tr("Payload") : tr("Result");
    setObjectName(kind == Kind::Payload ? QStringLiteral("payloadView")
                                        : QStringLiteral("resultView"));
    m_text->setObjectName(kind == Kind::Payload ? QStringLiteral("payload")
                                                : QStringLiteral("result"));
    m_text->setAccessibleName(title);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(textFont(TextRole::Mono));
    m_openAll->setObjectName(QStringLiteral("openAll"));
    m_validity->setObjectName(QStringLiteral("validity"));
    m_validity->setWordWrap(true);
    m_validity->setTextInteractionFlags(Qt::TextSelectableByMouse);

    m_headRow = new QWidget;
    m_head = new QHBoxLayout(m_headRow);
    m_head->setContentsMargins(0, 0, 0, 0);
    m_head->setSpacing(px(space::kS));
    m_head->addWidget(new Label(title, TextRole::Strong));
    m_head->addWidget(m_size);
    m_head->addStretch(1);
    m_head->addWidget(m_copy);
    m_foot = new QHBoxLayout;
    m_foot->setSpacing(px(space::kS));
    m_foot->addWidget(m_validityIcon);
    m_foot->addWidget(m_validity, 1);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(px(space::kXs));
    all->addWidget(m_headRow);
    all->addWidget(m_text);
    all->addWidget(m_openAll, 0, Qt::AlignLeft);
    all->addLayout(m_foot);
    connect(m_openAll, &QPushButton::clicked, this, [this] {
        m_openAll->hide();
        print(kMostBytes);
    });
    connect(m_text, &PayloadText::grown, this, [this] {
        if (m_text->blockCount() <= 2 * kRows)
            fitHeight();
    });
    m_late.setSingleShot(true);
    m_late.setInterval(std::chrono::milliseconds(150));
    connect(&m_late, &QTimer::timeout, this, &PayloadView::wipe);
}

void PayloadView::setPayload(const QString& type, const QByteArray& json)
{
    m_type = type;
    m_json = json;
    m_size->setText(formatBytes(json.size()));
    m_late.start();
    print(kFirstBytes);
}

void PayloadView::clear()
{
    ++m_asked;
    m_json.clear();
    m_size->clear();
    wipe();
}

void PayloadView::wipe()
{
    m_copy->setText({});
    m_text->clear();
    m_openAll->hide();
    m_validity->clear();
    m_validityIcon->hide();
}

void PayloadView::setCompact(bool compact)
{
    m_isCompact = compact;
    // The tab already says what it is, and every line counts.
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

QString PayloadView::validity() const
{
    return m_validity->text();
}

void PayloadView::print(qsizetype limit)
{
    auto promise = std::make_shared<QPromise<base::Result<Reading>>>();
    async::deliver(promise->future(), this,
                   [this, asked = ++m_asked](const base::Result<Reading>& reading) {
                       if (reading && asked == m_asked)
                           take(*reading);
                   });
    promise->start();
    QThreadPool::globalInstance()->start(
        [promise, limit, json = m_json, type = m_type, kind = m_kind] {
            Reading reading;
            reading.limit = limit;
            reading.printed = printJson(json, limit);
            reading.whole = QString::fromUtf8(json);
            if (kind == Kind::Payload) {
                const auto checked = domain::checkPayload(type, json);
                reading.isGood = checked.has_value();
                reading.isChecked = !checked || !domain::payloadSchema(type).isEmpty();
                reading.validity = validityOf(type, checked);
            }
            promise->addResult(base::Result<Reading>(std::move(reading)));
            promise->finish();
        });
}

void PayloadView::take(const Reading& reading)
{
    m_late.stop();
    m_copy->setText(reading.whole);
    m_text->setPrinted(reading.printed);
    const bool mayOpen = !reading.printed.isWhole && reading.limit < kMostBytes;
    m_openAll->setVisible(mayOpen);
    if (!reading.printed.isWhole && !mayOpen)
        m_size->setText(
            tr("%1, the first %2 are shown")
                .arg(formatBytes(m_json.size()), formatBytes(reading.printed.printedBytes)));
    m_openAll->setText(tr("Open all, %1").arg(formatBytes(m_json.size())));
    m_isGood = reading.isGood;
    m_isChecked = reading.isChecked;
    m_validityIcon->setVisible(m_kind == Kind::Payload);
    m_validityIcon->update();
    m_validity->setText(reading.validity);
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
    // The scroll bar below is counted in: whether it appears depends on a width not known yet.
    m_text->setFixedHeight(rows * line + px(12) + px(space::kXs));
}

} // namespace queuedeck::ui

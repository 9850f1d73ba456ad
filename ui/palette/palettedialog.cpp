// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/palettedialog.h"

#include "ui/palette/actionitems.h"
#include "ui/palette/palettedelegate.h"
#include "ui/palette/palettemodel.h"
#include "ui/widgets/label.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr int kWidth = 640, kBelowTop = 46, kMostHeight = 536, kSearchRow = 48, kFoot = 34;

/// "↑ ↓ move   Enter open": which keys do what, below the list.
class KeyLine : public QWidget
{
public:
    explicit KeyLine(QWidget* parent)
        : QWidget(parent)
    {
        setFixedHeight(px(kFoot));
        setAccessibleName(PaletteDialog::tr("Up and Down move, Enter opens, > finds actions only, "
                                            "# jobs, @ views and connections"));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(QRect(0, 0, width(), 1), tokenColor(Color::Line));
        int x = px(space::kL);
        for (const auto& [keys, words] :
             {std::pair{QStringList{u"↑"_s, u"↓"_s}, PaletteDialog::tr("move")},
              std::pair{QStringList{PaletteDialog::tr("Enter")}, PaletteDialog::tr("open")}})
            x = paintOne(painter, x, keys, words);
        int right = width() - px(space::kL);
        for (const auto& [key, words] : {std::pair{u"@"_s, PaletteDialog::tr("views")},
                                         std::pair{u"#"_s, PaletteDialog::tr("jobs")},
                                         std::pair{u">"_s, PaletteDialog::tr("actions")}}) {
            const int wide = QFontMetrics(textFont(TextRole::Small)).horizontalAdvance(words) +
                             keyCapsWidth({key}) + px(space::kXs);
            paintOne(painter, right - wide, {key}, words);
            right -= wide + px(space::kL);
        }
    }

private:
    int paintOne(QPainter& painter, int x, const QStringList& keys, const QString& words) const
    {
        const int end = x + keyCapsWidth(keys);
        paintKeyCaps(painter, rect(), end - px(4), keys);
        painter.setFont(textFont(TextRole::Small));
        painter.setPen(tokenColor(Color::Muted));
        const int wide = painter.fontMetrics().horizontalAdvance(words);
        painter.drawText(QRect(end + px(space::kXs), 0, wide + 2, height()),
                         Qt::AlignLeft | Qt::AlignVCenter, words);
        return end + px(space::kXs) + wide + px(space::kL);
    }
};
} // namespace

PaletteDialog::PaletteDialog(const ActionSet& actions, const PaletteItems& places, QWidget* window)
    : QDialog(window, Qt::Dialog | Qt::FramelessWindowHint)
    , m_model(new PaletteModel(this))
    , m_edit(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_count(new Label({}, TextRole::Small, Color::Muted, this))
    , m_none(new Label({}, TextRole::Body, Color::Muted, this))
{
    setObjectName(u"palette"_s);
    setWindowTitle(tr("Go to"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    m_edit->setObjectName(u"typed"_s);
    m_edit->setFrame(false);
    m_edit->setFont(textFont(TextRole::Title));
    m_edit->setPlaceholderText(tr("Job id, page or command"));
    m_edit->setAccessibleName(tr("Job id, page or command"));
    m_edit->installEventFilter(this);
    m_list->setObjectName(u"found"_s);
    m_list->setAccessibleName(tr("Found"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus); // the keys go to what is typed
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_none->setObjectName(u"none"_s);
    m_none->setAlignment(Qt::AlignCenter);
    m_none->hide();

    auto* search = new QWidget(this);
    search->setFixedHeight(px(kSearchRow));
    auto* row = new QHBoxLayout(search);
    row->setContentsMargins(px(space::kL + size::kIcon + space::kS), 0, px(space::kL), 0);
    row->setSpacing(px(space::kM));
    row->addWidget(m_edit, 1);
    row->addWidget(m_count);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(1, 1, 1, 1);
    all->setSpacing(0);
    all->addWidget(search);
    all->addWidget(new Hairline);
    all->addWidget(m_list, 1);
    all->addWidget(m_none, 1);
    all->addWidget(new KeyLine(this));

    m_model->setItems(actionItems(actions) + places);
    m_asking.setSingleShot(true);
    m_asking.setInterval(std::chrono::milliseconds(150));
    connect(&m_asking, &QTimer::timeout, this, [this] {
        if (const QString fragment = m_model->idFragment(); !fragment.isEmpty())
            Q_EMIT jobsWanted(fragment);
    });
    connect(m_edit, &QLineEdit::textChanged, this, &PaletteDialog::typed);
    connect(m_list, &QListView::clicked, this, &PaletteDialog::choose);
    updateList();
}

void PaletteDialog::typed()
{
    m_model->setTyped(m_edit->text());
    updateList();
    m_asking.start();
}

void PaletteDialog::showJobs(const QString& fragment, const PaletteItems& jobs)
{
    const QString before = m_list->currentIndex().data().toString();
    m_model->setJobs(fragment, jobs);
    updateList();
    // They come late: what was pointed at meanwhile stays so.
    for (int i = 0; i < m_model->rowCount() && !before.isEmpty(); ++i) {
        const QModelIndex index = m_model->index(i);
        if (m_model->item(index) && index.data().toString() == before)
            point(index);
    }
}

void PaletteDialog::updateList()
{
    const int found = m_model->found();
    m_count->setText(m_edit->text().trimmed().isEmpty() ? QString()
                     : found == 1                       ? tr("1 found")
                                                        : tr("%1 found").arg(found));
    m_list->setVisible(found > 0);
    m_none->setVisible(found == 0);
    m_none->setText(tr("Nothing is called %1.").arg(m_edit->text().trimmed()));
    point(m_model->first());
    m_list->scrollToTop();
    place();
}

// The focus stays in the field; a screen reader hears what Enter would do.
void PaletteDialog::point(const QModelIndex& index)
{
    if (index.isValid())
        m_list->setCurrentIndex(index);
    else
        m_list->selectionModel()->clear();
    m_edit->setAccessibleDescription(index.isValid() ? index.data(Qt::AccessibleTextRole).toString()
                                     : m_model->found() == 0 ? m_none->text()
                                                             : tr("Down chooses what was found"));
    QAccessibleEvent event(m_edit, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void PaletteDialog::choose(const QModelIndex& index)
{
    const PaletteItem* const item = m_model->item(index);
    if (!item || !item->isEnabled || !item->run)
        return;
    const auto run = item->run;
    accept(); // first: what is run may open a dialog of its own
    QMetaObject::invokeMethod(parentWidget(), run, Qt::QueuedConnection);
}

bool PaletteDialog::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_edit || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto* const pressed = static_cast<QKeyEvent*>(event);
    const QModelIndex current = m_list->currentIndex();
    const int page = std::max(1, m_list->height() / px(32) - 1);
    switch (pressed->key()) {
    case Qt::Key_Down:
    case Qt::Key_Tab: point(m_model->next(current, 1)); return true;
    case Qt::Key_Up:
    case Qt::Key_Backtab: point(m_model->next(current, -1)); return true;
    case Qt::Key_PageDown:
    case Qt::Key_PageUp: {
        QModelIndex index = current;
        for (int i = 0; i < page; ++i) {
            const QModelIndex next =
                m_model->next(index, pressed->key() == Qt::Key_PageDown ? 1 : -1);
            const bool isAround =
                (next.row() < index.row()) == (pressed->key() == Qt::Key_PageDown);
            if (index.isValid() && isAround)
                break;
            index = next;
        }
        point(index);
        return true;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter: choose(current); return true;
    default: return false;
    }
}

void PaletteDialog::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), tokenColor(Color::Base));
    painter.setPen(tokenColor(Color::Control));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    const int icon = px(size::kIcon);
    paintIcon(painter, QRect(px(space::kL), 1 + (px(kSearchRow) - icon) / 2, icon, icon),
              Icon::Search, tokenColor(Color::Muted));
}

void PaletteDialog::place()
{
    const QWidget* const window = parentWidget()->window();
    const int edge = px(space::kXl);
    const int width = std::min(px(kWidth), window->width() - 2 * edge);
    const int most = std::min(px(kMostHeight), window->height() - px(kBelowTop) - 2 * edge);
    // As tall as what was found; the top stays where it is.
    int rows = m_model->found() == 0 ? px(kSearchRow) : 0;
    for (int row = 0; row < m_model->rowCount() && rows < most; ++row)
        rows += m_list->sizeHintForRow(row);
    resize(width, std::min(most, rows + px(kSearchRow + kFoot + space::kS)));
    move(window->mapToGlobal(QPoint((window->width() - width) / 2, px(kBelowTop) + edge)));
}

void PaletteDialog::showEvent(QShowEvent* event)
{
    place();
    QDialog::showEvent(event);
    m_edit->setFocus(Qt::PopupFocusReason);
}

} // namespace queuedeck::ui

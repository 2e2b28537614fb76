// Tabs that remember the choice, copy buttons, and one key for the other language. Every page works without it.
const remember = (choice) => {
  try {
    localStorage.setItem('coldstart.tab', choice);
  } catch {
    // A browser that keeps nothing still shows the tabs.
  }
};
const remembered = () => {
  try {
    return localStorage.getItem('coldstart.tab');
  } catch {
    return null;
  }
};

function choose(list, tab, focus) {
  for (const each of list.querySelectorAll('[role=tab]')) {
    const chosen = each === tab;
    each.setAttribute('aria-selected', String(chosen));
    each.tabIndex = chosen ? 0 : -1;
    const panel = document.getElementById(each.getAttribute('aria-controls'));
    if (panel) panel.hidden = !chosen;
  }
  if (focus) tab.focus();
}

function chooseEverywhere(choice) {
  for (const list of document.querySelectorAll('[role=tablist]')) {
    const tab = [...list.querySelectorAll('[role=tab]')].find((each) => each.dataset.choice === choice);
    if (tab) choose(list, tab, false);
  }
}

for (const list of document.querySelectorAll('[role=tablist]')) {
  list.parentElement.classList.add('live');
  const tabs = [...list.querySelectorAll('[role=tab]')];
  if (tabs[0]) choose(list, tabs[0], false);
  list.addEventListener('click', (event) => {
    const tab = event.target.closest('[role=tab]');
    if (!tab) return;
    remember(tab.dataset.choice);
    chooseEverywhere(tab.dataset.choice);
  });
  list.addEventListener('keydown', (event) => {
    const at = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length];
    remember(tab.dataset.choice);
    chooseEverywhere(tab.dataset.choice);
    tab.focus();
  });
}
const choice = remembered();
if (choice) chooseEverywhere(choice);

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const label = button.textContent;
  button.textContent = document.body.dataset.copied;
  button.addEventListener('blur', () => (button.textContent = label), { once: true });
});

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select'))
    return;
  if (event.key.toLowerCase() !== 'l' && event.key !== 'ㅣ') return;
  location.href = document.querySelector('.language').href + location.hash;
});

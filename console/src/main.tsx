/// Entry of the console.
import { createRoot } from 'react-dom/client';
import { Console } from './console';
import './style.css';

const root = document.getElementById('root');
if (root) createRoot(root).render(<Console />);
